import { errorCauses } from '@apollo/federation-internals';
import { GraphQLError } from 'graphql';
import { SupergraphRefused, type RefusalReason } from './supergraph-refused.ts';

const MAX_REASONS = 10;

/** Why a supergraph cannot be used, by the error that it led to: ten reasons at most. */
export function refusalReasons(error: unknown): readonly RefusalReason[] {
  if (error instanceof SupergraphRefused) return error.reasons;
  const causes = (error instanceof Error ? errorCauses(error) : undefined) ?? [error];
  return causes.slice(0, MAX_REASONS).map((cause) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    const [place] = cause instanceof GraphQLError ? (cause.locations ?? []) : [];
    return { message, place: place && { line: place.line, column: place.column } };
  });
}
