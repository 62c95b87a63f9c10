import type { ErrorCode } from '../../wire/names.ts';
import type { Refusal } from '../errors/present-errors.ts';
import type { MediaType } from './negotiate.ts';

const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_TOO_COMPLEX: 400,
  PERSISTED_QUERY_NOT_FOUND: 404,
  PERSISTED_QUERY_REQUIRED: 403,
  SUBGRAPH_UNAVAILABLE: 503,
  SUBGRAPH_TIMEOUT: 504,
  SUBGRAPH_INVALID_RESPONSE: 502,
  GOING_AWAY: 503,
  INTERNAL_SERVER_ERROR: 500,
};

/**
 * The HTTP status of a request that was refused as a whole (GraphQL over HTTP, section 6.4). A client that asked for
 * `application/json` gets 200 for what is wrong with the operation or with its caller, as that media type has it; failures of the
 * server keep their status, so that monitors and load balancers see them.
 */
export function statusOf({ errors, httpStatus }: Refusal, mediaType: MediaType): number {
  if (httpStatus !== undefined) return httpStatus;
  const code = errors[0]?.extensions['code'] as ErrorCode | undefined;
  const status = STATUS[code ?? 'INTERNAL_SERVER_ERROR'];
  return mediaType === 'application/json' && status < 500 ? 200 : status;
}
