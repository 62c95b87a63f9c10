import type { Clock } from '../lib/clock.ts';

/** The longest wait of a timer, in milliseconds: a longer one fires at once. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Calls back when the clock reaches a time (milliseconds since the epoch), however far off. Returns what calls it off. */
export function atTime(timeMs: number, clock: Clock, callBack: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const leftMs = timeMs - clock();
    timer = setTimeout(leftMs <= 0 ? callBack : wait, Math.min(Math.max(leftMs, 0), LONGEST_WAIT_MS));
    timer.unref();
  };
  wait();
  return () => clearTimeout(timer);
}
