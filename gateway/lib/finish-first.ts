import type { Stopwatch } from './clock.ts';
import { createFifo } from './fifo.ts';

/** Decides when work begins: what has begun before is finished first. */
export interface FinishFirst {
  /**
   * Begins work, in the order in which it came: some pieces in a turn of the event loop, one where each takes long or brings much, and none in a
   * turn in which something under way has gone on. So much is under way as keeps this process busy, and no more: what waits has not taken any
   * memory yet, and what is under way is over before the garbage collector has to carry it along. Settles as the work does.
   */
  begin<Result>(work: () => Promise<Result>): Promise<Result>;
  /** To be told when something under way has gone on, and how many bytes it was brought. */
  wentOn(bytes: number): void;
  /** How many pieces of work have come and not begun. */
  waiting(): number;
}

/** After so many turns some begin all the same: things may go on that are nobody's who waits. */
const MOST_TURNS = 8;
/** A turn has a price of its own, which so many pieces of small work share; what does the same one after the other is done faster, too. */
const MOST_IN_A_TURN = 16;
/** What begins in a turn is to take no longer than this before it waits for others, as far as can be told from what began before. */
const MS_IN_A_TURN = 2;
/** What begins in a turn is to bring no more than this, as far as can be told from what others have brought. */
const BYTES_IN_A_TURN = 1_000_000;
/** How much the last piece of work counts in the average of bytes, and the last turn in that of time, where a mistake is worse. */
const WEIGHTS = { bytes: 1 / 32, ms: 1 / 4 };

/** Makes an order of work that is shared by all who begin theirs through it. */
export function createFinishFirst(stopwatch: Stopwatch): FinishFirst {
  const waiting = createFifo<() => void>();
  let isAwake = false;
  let isBusy = false;
  let turns = 0;
  let averageMs = 0;
  let averageBytes = 0;
  let bytesSinceLast = 0;

  function turn(): void {
    turns += 1;
    if (waiting.length > 0 && (!isBusy || turns === MOST_TURNS)) {
      turns = 0;
      beginSome();
    }
    isBusy = false;
    isAwake = waiting.length > 0;
    if (isAwake) setImmediate(turn);
  }

  function beginSome(): void {
    const startMs = stopwatch();
    const few = Math.min(MS_IN_A_TURN / averageMs, BYTES_IN_A_TURN / averageBytes);
    const most = Math.min(MOST_IN_A_TURN, waiting.length, Math.max(1, Math.floor(few)));
    for (let begun = 0; begun < most; begun += 1) {
      averageBytes += (bytesSinceLast - averageBytes) * WEIGHTS.bytes;
      bytesSinceLast = 0;
      waiting.shift()?.();
    }
    // Comes when all of them wait for others.
    const measure = (): void => void (averageMs += ((stopwatch() - startMs) / most - averageMs) * WEIGHTS.ms);
    queueMicrotask(() => process.nextTick(measure));
  }

  return {
    begin: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => void work().then(resolve, reject));
        if (isAwake) return;
        isAwake = true;
        setImmediate(turn);
      }),
    wentOn(bytes) {
      isBusy = true;
      bytesSinceLast += bytes;
    },
    waiting: () => waiting.length,
  };
}
