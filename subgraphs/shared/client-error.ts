import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../wire/names.ts';

/** The codes that a subgraph gives to a client; the rest belong to the gateway. */
export type SubgraphErrorCode = Extract<
  ErrorCode,
  'UNAUTHENTICATED' | 'FORBIDDEN' | 'BAD_USER_INPUT' | 'NOT_FOUND' | 'CONFLICT' | 'RATE_LIMITED'
>;

/** An error that the client reads as it stands: `message` says what is wrong and how to mend it, and holds nothing internal. */
export function clientError(code: SubgraphErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
