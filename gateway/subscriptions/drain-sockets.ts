import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CLOSE } from './close-codes.ts';
import type { SocketSession } from './socket-session.ts';

/** Few sockets need not wait for the whole time of the drain: a hundred a second connect again without harm. */
const LONGEST_PAUSE_MS = 10;

/**
 * Tells every client to connect elsewhere, one after the other over `drainMs`, so that they do not all come to another gateway at
 * once; queries and mutations that are under way end first, as far as the time allows. Resolves when all sockets are gone.
 */
export async function drainSockets(sessions: readonly SocketSession[], drainMs: number): Promise<void> {
  const pauseMs = Math.min(LONGEST_PAUSE_MS, drainMs / Math.max(1, sessions.length));
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, drainMs);
  });
  await Promise.all(
    sessions.map(async (session, place) => {
      await delay(place * pauseMs, undefined, { signal: session.gone.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled([...session.underWay]), timeIsUp]);
      if (session.gone.signal.aborted) return;
      session.close(CLOSE.serviceRestart);
      await once(session.gone.signal, 'abort');
    }),
  );
  clearTimeout(timer);
}
