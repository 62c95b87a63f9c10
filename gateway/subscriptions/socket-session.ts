import type { IncomingHttpHeaders } from 'node:http';
import type { Caller, ClientHeaders } from '../context.ts';
import { AbortSwitch } from '../lib/abort-notice.ts';
import type { Backlog } from './answer-queue.ts';
import type { Close } from './close-codes.ts';
import type { LiveSubscription } from './live-subscription.ts';

/** What the gateway knows of one socket from its upgrade to its end. */
export interface SocketSession {
  readonly upgradeHeaders: IncomingHttpHeaders;
  /** Where the client is, as far as the proxies in front can be believed. */
  readonly address: string;
  readonly close: (close: Close) => void;
  /** Aborts when the socket is gone. */
  readonly gone: AbortSwitch;
  readonly backlog: Backlog;
  readonly subscriptions: Set<Pick<LiveSubscription, 'changeCaller'>>;
  /** By their ids: null for each operation that is being taken up, or is a query or mutation whose last message is not sent yet. */
  operations: Readonly<Record<string, unknown>>;
  /** Set by `connection_init`, and again by each refresh of the access token. */
  connection: { readonly caller: Caller; readonly headers: ClientHeaders } | undefined;
  /** The last event that `connection_init` named. */
  lastEventId: unknown;
  /** Settles when every operation that came so far has been prepared, and if it is a subscription taken up. */
  takenUp: Promise<unknown>;
}

type Given = Pick<SocketSession, 'upgradeHeaders' | 'address' | 'close'>;

/** Begins the session of a socket. */
export function startSession(given: Given, maxWaitingAnswers: number): SocketSession {
  return {
    gone: new AbortSwitch(),
    backlog: { limit: maxWaitingAnswers, waiting: 0 },
    subscriptions: new Set(),
    operations: {},
    connection: undefined,
    lastEventId: undefined,
    takenUp: Promise.resolve(),
    ...given,
  };
}

/**
 * Runs `takeUp` after those of the operations that the socket sent before, so that a client which has an answer to an operation
 * knows that every subscription it sent earlier is listening.
 */
export async function inTurn<T>(session: SocketSession, takeUp: () => Promise<T>): Promise<T> {
  const turn = session.takenUp.then(takeUp);
  // Without what came of it, which would stay as long as the socket.
  session.takenUp = turn.then(forget, forget);
  return turn;
}

function forget(): undefined {
  return undefined;
}
