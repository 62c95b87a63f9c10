import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { isDatabaseOutage } from './database-outage.ts';

/** PostgreSQL: a character that its encoding cannot hold, as NUL in a text (SQLSTATE class 22). */
const UNSTORABLE_TEXT = /22021|22P05|invalid byte sequence|\\u0000/;

/**
 * Makes what a client may read of an error. Errors that we raised on purpose (GraphQLError with a code) pass; a database that is
 * away makes this subgraph unavailable; anything else is a bug: logged with its request, and masked.
 */
export function createErrorFormatter(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const code = formatted.extensions?.['code'];
    const isMeant = original instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
    if (isMeant) return { ...formatted, extensions: { code } };
    if (original instanceof Error && UNSTORABLE_TEXT.test(original.message)) {
      return masked(formatted, 'BAD_USER_INPUT', 'A text holds a character that cannot be stored, such as NUL.');
    }
    if (isDatabaseOutage(original)) {
      log.warn({ reason: lastLineOf(original), path: formatted.path?.join('.') }, 'the database is away');
      return masked(formatted, 'SUBGRAPH_UNAVAILABLE', 'The database is away at the moment.');
    }
    log.error({ err: original, path: formatted.path?.join('.') }, 'a resolver failed');
    return masked(formatted, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.');
  };
}

/** Prisma's messages begin with the call that failed, over several lines. */
function lastLineOf(error: unknown): string {
  return error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
}

function masked({ path, locations }: GraphQLFormattedError, code: string, message: string): GraphQLFormattedError {
  return { message, ...(path && { path }), ...(locations && { locations }), extensions: { code } };
}
