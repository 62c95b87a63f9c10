/** Why the gateway closes a socket, or ends a stream over HTTP; `name` is what metrics call it. Each is described in docs/realtime.md. */
export const CLOSE = {
  serviceRestart: close(
    1012,
    'service_restart',
    'The gateway restarts: connect again after a random pause of up to 5 s',
  ),
  tryAgainLater: close(
    1013,
    'try_again_later',
    'Your credentials cannot be checked at the moment: connect again later',
  ),
  badMessage: close(4400, 'bad_message', 'A message of this type is for the server to send'),
  credentialsRefused: close(4403, 'credentials_refused', 'Your credentials do not hold'),
  credentialsExpired: close(4403, 'credentials_expired', 'Your access token has expired: connect again with a new one'),
  identityChanged: close(4403, 'identity_changed', 'A socket stays with whom it was opened for: open another one'),
  sessionEnded: close(4403, 'session_ended', 'Your session has ended: sign in again'),
  otherProtocol: close(
    4406,
    'other_subprotocol',
    'Speak the subprotocol graphql-transport-ws; the older graphql-ws of subscriptions-transport-ws is not spoken',
  ),
  tooSlow: close(4408, 'too_slow', 'Too many events wait for you to take them'),
  notReading: close(4408, 'not_reading', 'You do not read what is sent'),
  tooManyOfIdentity: close(4430, 'too_many_of_identity', 'Your account has too many sockets and streams open'),
  tooManyOfAddress: close(4431, 'too_many_of_address', 'Your address has too many sockets and streams open'),
  tooManyMessages: close(4432, 'too_many_messages', 'You send too many messages a second'),
  internalError: close(4500, 'internal_error', 'Something went wrong on our side'),
} as const;

/** What the protocol itself, or the WebSocket below it, closes a socket for. */
export const CLOSE_NAMES: Readonly<Record<number, string>> = {
  1009: 'message_too_large',
  4400: 'bad_message',
  4401: 'not_acknowledged',
  4403: 'credentials_refused',
  4406: 'other_subprotocol',
  4408: 'no_init_in_time',
  4409: 'operation_id_in_use',
  4429: 'second_init',
};

export interface Close {
  readonly code: number;
  readonly name: string;
  /** At most 123 bytes (RFC 6455, section 5.5). */
  readonly reason: string;
}

function close(code: number, name: string, reason: string): Close {
  return { code, name, reason };
}
