import { createFifo } from './fifo.ts';

/** Decides when work begins: what has begun before is finished first. */
export interface FinishFirst {
  /**
   * Begins work, in the order in which it came: one piece in a turn of the event loop, and none in a turn in which something under way
   * has gone on. So much is under way as keeps this process busy, and no more: what waits has not taken any memory yet, and what is
   * under way is over before the garbage collector has to carry it along. Settles as the work does.
   */
  begin<Result>(work: () => Promise<Result>): Promise<Result>;
  /** To be told when something under way has gone on. */
  wentOn(): void;
  /** To be told when work has joined other work: it takes next to nothing, and the next may do so too, before there is nothing to join. */
  joined(): void;
  /** How many pieces of work have come and not begun. */
  waiting(): number;
}

/** After so many turns one begins all the same: things may go on that are nobody's who waits. */
const MOST_TURNS = 8;
/** So many begin in a turn where each joins what is under way: it takes a turn no longer than other work does. */
const MOST_JOINING = 8;

/** Makes an order of work that is shared by all who begin theirs through it. */
export function createFinishFirst(): FinishFirst {
  const waiting = createFifo<() => void>();
  let isAwake = false;
  let isBusy = false;
  let turns = 0;
  let joining = 0;

  function turn(): void {
    turns += 1;
    const areJoining = joining > 0;
    joining = 0;
    if (!isBusy || areJoining || turns === MOST_TURNS) {
      turns = 0;
      waiting.shift()?.();
    }
    isBusy = false;
    isAwake = waiting.length > 0;
    if (isAwake) setImmediate(turn);
  }

  return {
    begin: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(() => void work().then(resolve, reject));
        if (isAwake) return;
        isAwake = true;
        setImmediate(turn);
      }),
    wentOn() {
      isBusy = true;
    },
    joined() {
      joining += 1;
      if (joining < MOST_JOINING) waiting.shift()?.();
    },
    waiting: () => waiting.length,
  };
}
