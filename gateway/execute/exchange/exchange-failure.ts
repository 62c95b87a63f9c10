/**
 * Why a request got no response. `unsent`: nothing of it went out. `dropped`: the connection ended first, and what was sent may have been
 * acted on. `invalid`: what came is no HTTP response that is taken here. The last two are ends that we made of it.
 */
export type ExchangeEnd = 'unsent' | 'dropped' | 'invalid' | 'timeout' | 'cancelled';

/** What an exchange rejects with. The message is for the log, and says nothing of what was sent or received. */
export class ExchangeFailure extends Error {
  readonly end: ExchangeEnd;

  constructor(end: ExchangeEnd, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.end = end;
  }
}
