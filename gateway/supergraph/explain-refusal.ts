import { errorCauses } from '@apollo/federation-internals';
import { GraphQLError } from 'graphql';

const MAX_REASONS = 10;

/** Says for a log why a supergraph cannot be used: each reason, with its line and column in the file where it has a place. */
export function explainRefusal(error: unknown, path: string): readonly string[] {
  const causes = (error instanceof Error ? errorCauses(error) : undefined) ?? [error];
  return causes.slice(0, MAX_REASONS).map((cause) => {
    const message = cause instanceof Error ? cause.message : String(cause);
    const place = cause instanceof GraphQLError ? cause.locations?.[0] : undefined;
    return place === undefined ? message : `${message} (${path}:${place.line}:${place.column})`;
  });
}
