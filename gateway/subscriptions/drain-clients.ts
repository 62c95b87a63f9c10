import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { AbortNotice } from '../lib/abort-notice.ts';
import type { LiveClient } from './client-registry.ts';
import { CLOSE } from './close-codes.ts';

/** Few clients need not wait for the whole time of the drain: a hundred a second connect again without harm. */
const LONGEST_PAUSE_MS = 10;
const LOOK_AGAIN_MS = 10;

/**
 * Tells every client to connect elsewhere, one after the other over `drainMs`, so that they do not all come to another gateway at
 * once; what they are waiting for is answered first, as far as the time allows. Resolves when all are gone.
 */
export async function drainClients(clients: readonly LiveClient[], drainMs: number): Promise<void> {
  const endMs = performance.now() + drainMs;
  const pauseMs = Math.min(LONGEST_PAUSE_MS, drainMs / Math.max(1, clients.length));
  await Promise.all(
    clients.map(async (client, place) => {
      const signal = signalOf(client.gone);
      await delay(place * pauseMs, undefined, { signal }).catch(() => undefined);
      while (isAnswering(client) && !signal.aborted && performance.now() < endMs) await delay(LOOK_AGAIN_MS);
      if (signal.aborted) return;
      const isGone = once(signal, 'abort');
      client.close(CLOSE.serviceRestart);
      await isGone;
    }),
  );
}

/** A client that is cut off before the last message of a mutation may send it a second time. */
function isAnswering({ operations }: LiveClient): boolean {
  return Object.values(operations).includes(null);
}

function signalOf(notice: AbortNotice): AbortSignal {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (notice.aborted) abort();
  else notice.addEventListener('abort', abort);
  return controller.signal;
}
