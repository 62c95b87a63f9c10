import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, ClientHeaders } from '../context.ts';
import type { Close } from './close-codes.ts';

/** What the gateway knows of one socket from its upgrade to its end. */
export interface SocketSession {
  readonly upgradeHeaders: IncomingHttpHeaders;
  readonly close: (close: Close) => void;
  /** Aborts when the socket is gone. */
  readonly gone: AbortController;
  /** Set by `connection_init`. */
  connection: { readonly caller: Caller; readonly headers: ClientHeaders } | undefined;
  /** Settles when every operation that came so far has been prepared, and if it is a subscription taken up. */
  takenUp: Promise<unknown>;
}

/** Begins the session of a socket. */
export function startSession(upgradeHeaders: IncomingHttpHeaders, close: (close: Close) => void): SocketSession {
  return { upgradeHeaders, close, gone: new AbortController(), connection: undefined, takenUp: Promise.resolve() };
}

/**
 * Runs `takeUp` after those of the operations that the socket sent before, so that a client which has an answer to an operation
 * knows that every subscription it sent earlier is listening.
 */
export async function inTurn<T>(session: SocketSession, takeUp: () => Promise<T>): Promise<T> {
  const turn = session.takenUp.then(takeUp);
  session.takenUp = turn.catch(() => undefined);
  return turn;
}
