/**
 * Why the gateway closes a socket: besides the codes that the protocol itself gives (4400 message not understood, 4401 operation
 * before the acknowledgement, 4408 no `connection_init` in time, 4409 operation id in use, 4429 second
 * `connection_init`). Each is described in docs/mobile.md.
 */
export const CLOSE = {
  goingAway: { code: 1001, reason: 'The gateway is going down: connect again' },
  tryAgainLater: { code: 1013, reason: 'Your credentials cannot be checked at the moment: connect again later' },
  badMessage: { code: 4400, reason: 'A message of this type is for the server to send' },
  credentialsRefused: { code: 4403, reason: 'Your credentials do not hold' },
  credentialsExpired: { code: 4403, reason: 'Your access token has expired: connect again with a new one' },
  otherProtocol: {
    code: 4406,
    reason:
      'Speak the subprotocol graphql-transport-ws; the older graphql-ws of subscriptions-transport-ws is not spoken',
  },
  tooSlow: { code: 4408, reason: 'Too many events wait for you to take them' },
  internalError: { code: 4500, reason: 'Something went wrong on our side' },
} as const;

export interface Close {
  readonly code: number;
  readonly reason: string;
}
