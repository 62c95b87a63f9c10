/** The names that the gateway and the subgraphs agree on: the only code, with its neighbours in this folder, that both import. */

/** The domain subgraphs, in the order in which the platform starts them. */
export const SUBGRAPH_NAMES = ['users', 'doctors', 'appointments', 'clinical', 'pharmacy', 'notifications'] as const;
export type SubgraphName = (typeof SUBGRAPH_NAMES)[number];

/** Carries the gateway's signed assertion of who is calling. Stripped from whatever a client sends. */
export const IDENTITY_HEADER = 'x-caregraph-identity';

/** Correlates one client request over all processes. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** `iss` of the identity assertion; its `aud` is the name of the subgraph that it is meant for. */
export const ASSERTION_ISSUER = 'caregraph-gateway';

/** Where the gateway publishes the keys that verify its assertions (a JWK Set, RFC 7517). */
export const ASSERTION_JWKS_PATH = '/.well-known/assertion-jwks.json';

/** Where access-token keys are published, by the users subgraph and again by the gateway (a JWK Set, RFC 7517). */
export const ACCESS_TOKEN_JWKS_PATH = '/.well-known/jwks.json';

/** Every value that `extensions.code` of an error can have. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_TOO_COMPLEX',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_REQUIRED',
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_INVALID_RESPONSE',
  'GOING_AWAY',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The domain events that cross process borders. They carry ids and status, never clinical content. */
export const EVENT_TYPES = {
  userVerified: 'user.verified',
  appointmentStatusChanged: 'appointment.status-changed',
  prescriptionIssued: 'prescription.issued',
  notificationCreated: 'notification.created',
  sessionEnded: 'session.ended',
} as const;
export type EventType = (typeof EVENT_TYPES)[keyof typeof EVENT_TYPES];

/** The PostgreSQL channel on which the event log tells its listeners of a new position. */
export const EVENT_CHANNEL = 'caregraph_events';
