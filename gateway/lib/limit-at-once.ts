import { createFifo } from './fifo.ts';

/** Runs work, at most so much of it at a time; the rest waits for its turn in the order in which it came. */
export type LimitAtOnce = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Builds a limit that is shared by all who run their work through it. */
export function createLimitAtOnce(limit: number): LimitAtOnce {
  const waiting = createFifo<() => void>();
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next in line directly, so that nobody who comes now gets in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
