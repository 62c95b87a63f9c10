import type { Clock } from '../lib/clock.ts';

/** A burst may have what the average allows in so many seconds. */
const BURST_SECONDS = 4;

/** Builds a check that says, for each message that comes, whether it still keeps to the average. */
export function createMessageRate(perSecond: number, clock: Clock): () => boolean {
  const capacity = perSecond * BURST_SECONDS;
  let left = capacity;
  let countedAtMs = clock();
  return () => {
    const nowMs = clock();
    left = Math.min(capacity, left + ((nowMs - countedAtMs) / 1_000) * perSecond);
    countedAtMs = nowMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
