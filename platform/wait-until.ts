import { setTimeout as delay } from 'node:timers/promises';

/** Asks again every `stepMs` until the answer is yes, for at most `patienceMs`; returns the last answer. */
export async function waitUntil(
  isTrue: () => boolean | Promise<boolean>,
  patienceMs: number,
  stepMs = 15,
): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    if (await isTrue()) return true;
    if (performance.now() >= deadline) return false;
    await delay(stepMs);
  }
}
