import type { Stopwatch } from './clock.ts';

/** Keeps work of one kind from taking more than its share of a turn of the event loop, whoever asks for it. */
export interface TurnLimit {
  /** Does work, and counts the time that it takes. */
  measured<Result>(work: () => Result): Result;
  /** Whether there has been enough of it in this turn: whoever is told so gives way, and asks again. */
  isSpent(): boolean;
}

/** Makes a limit: work that has begun goes on, none is to begin in the same turn after `mostMs`. */
export function createTurnLimit(stopwatch: Stopwatch, mostMs: number): TurnLimit {
  let spentMs = 0;
  let isCounting = false;

  function count(ms: number): void {
    spentMs += ms;
    if (isCounting) return;
    isCounting = true;
    setImmediate(() => {
      spentMs = 0;
      isCounting = false;
    });
  }

  return {
    measured(work) {
      const startMs = stopwatch();
      try {
        return work();
      } finally {
        count(stopwatch() - startMs);
      }
    },
    isSpent: () => spentMs >= mostMs,
  };
}
