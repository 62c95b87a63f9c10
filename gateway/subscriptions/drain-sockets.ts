import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CLOSE } from './close-codes.ts';
import type { SocketSession } from './socket-session.ts';

/** Few sockets need not wait for the whole time of the drain: a hundred a second connect again without harm. */
const LONGEST_PAUSE_MS = 10;
const LOOK_AGAIN_MS = 10;

/**
 * Tells every client to connect elsewhere, one after the other over `drainMs`, so that they do not all come to another gateway at
 * once; what they are waiting for is answered first, as far as the time allows. Resolves when all sockets are gone.
 */
export async function drainSockets(sessions: readonly SocketSession[], drainMs: number): Promise<void> {
  const endMs = performance.now() + drainMs;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, drainMs / Math.max(1, sessions.length));
  await Promise.all(
    sessions.map(async (session, place) => {
      const { signal } = session.gone;
      await delay(place * pauseMs, undefined, { signal }).catch(() => undefined);
      while (isAnswering(session) && !signal.aborted && performance.now() < endMs) await delay(LOOK_AGAIN_MS);
      if (signal.aborted) return;
      session.close(CLOSE.serviceRestart);
      await once(signal, 'abort');
    }),
  );
}

/** A client that is cut off before the last message of a mutation may send it a second time. */
function isAnswering({ operations }: SocketSession): boolean {
  return Object.values(operations).includes(null);
}
