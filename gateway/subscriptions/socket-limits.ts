/** What one client may ask of the gateway over sockets. */
export interface SocketLimits {
  /** Sockets and streams of one user or partner, in this process. The anonymous are limited by their address alone. */
  readonly maxPerIdentity: number;
  readonly maxPerAddress: number;
  /** At a time on one socket: subscriptions, queries and mutations. */
  readonly maxOperations: number;
  readonly maxMessageBytes: number;
  /** On average; a burst may have four seconds' worth. */
  readonly messagesPerSecond: number;
  /** From the upgrade to `connection_init`. */
  readonly initTimeoutMs: number;
  /** Answers that wait for a client to take them, over all its subscriptions. */
  readonly maxWaitingAnswers: number;
  /** How long a client may read nothing while something waits for it. */
  readonly stallMs: number;
  /** What may have been sent and not been read. */
  readonly maxUnreadBytes: number;
}
