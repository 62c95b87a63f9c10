import type { Clock } from '../lib/clock.ts';

/** The longest wait of a timer, in milliseconds: a longer one fires at once. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Calls back when the clock reaches a time (milliseconds since the epoch), however far off; at once, before it returns, when the
 * time has passed. Returns what calls it off.
 */
export function atTime(timeMs: number, clock: Clock, callBack: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    const leftMs = timeMs - clock();
    if (leftMs <= 0) {
      callBack();
      return;
    }
    timer = setTimeout(wait, Math.min(leftMs, LONGEST_WAIT_MS));
    timer.unref();
  };
  wait();
  return () => {
    // Node.js keeps the list of a wait of this length, if only timers that do not hold the process were in it, until its time comes.
    timer?.ref();
    clearTimeout(timer);
  };
}
