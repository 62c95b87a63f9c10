import { setTimeout as wait } from 'node:timers/promises';
import type { Connect, ConnectionEnd } from './connect.ts';
import type { UpstreamRequest } from './upstream-request.ts';

export interface UpstreamEvents {
  readonly onPayload: (payload: unknown) => void;
  /** The subscription goes on, over another connection: what happened in between is not known. */
  readonly onGap: () => void;
  /** Nothing comes any more. */
  readonly onEnd: (end: ConnectionEnd) => void;
  /** A connection was lost, and another will be tried. */
  readonly onLost: (cause: unknown) => void;
}

export interface Persistence {
  /** The first pause; each further one is up to twice as long. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** A subgraph that could not be reached so often in a row is given up. */
  readonly maxFailures: number;
}

/** A connection that lived so long, or brought an event, was a good one: counting begins anew. */
const GOOD_AFTER_MS = 10_000;

/**
 * Keeps one subscription to a subgraph alive until it is complete, refused or given up, or `signal` aborts: a lost connection is made
 * again, on the next instance, after a pause that grows and is drawn at random, so that gateways do not come back all at once.
 */
export async function keepConnected(
  { address, payload, headers }: UpstreamRequest,
  events: UpstreamEvents,
  { connect, signal, persistence }: { connect: Connect; signal: AbortSignal; persistence: Persistence },
): Promise<void> {
  const { urls } = address;
  let round = Math.floor(Math.random() * urls.length);
  let failures = 0;
  let wasOpen = false;

  const attempt = async (): Promise<{ end: ConnectionEnd; isGood: boolean }> => {
    let isGood = false;
    const good = setTimeout(() => (isGood = true), GOOD_AFTER_MS);
    good.unref();
    const url = urls[round++ % urls.length] ?? '';
    const end = await connect(
      { url, payload, headers: withoutAbsent(await headers()), signal },
      {
        onOpen() {
          if (wasOpen) events.onGap();
          wasOpen = true;
        },
        onPayload(event) {
          isGood = true;
          events.onPayload(event);
        },
      },
    );
    clearTimeout(good);
    return { end, isGood };
  };

  /** Read through a call, because it changes while a connection lasts. */
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    const { end, isGood } = await attempt();
    if (isOver()) return;
    failures = isGood ? 1 : failures + 1;
    if (end.kind !== 'lost' || !end.mayRetry || failures > persistence.maxFailures) {
      events.onEnd(end);
      return;
    }
    events.onLost(end.cause);
    await wait(pauseMs(failures, persistence), undefined, { signal }).catch(() => undefined);
  }
}

function pauseMs(failures: number, { firstPauseMs, longestPauseMs }: Persistence): number {
  const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
  return longest * (0.5 + Math.random() / 2);
}

function withoutAbsent(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
