import { NoPlan } from './no-plan.ts';

/** Does one thing at a time, in the order in which they came. */
export interface WaitingLine {
  /** Waits until it is its turn, however long. */
  wait<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Rejects with `NoPlan` (`busy`) where too many are waiting, or when it was not its turn for too long. */
  waitImpatiently<Result>(work: () => Promise<Result>): Promise<Result>;
}

interface Options {
  readonly maxWaiting: number;
  readonly patienceMs: number;
  /** Called whenever there is something to do again. */
  readonly onBusy: () => void;
  /** Called whenever there is nothing to do any more. */
  readonly onIdle: () => void;
}

interface Job {
  readonly run: () => Promise<void>;
  readonly patience: NodeJS.Timeout | undefined;
}

/** Makes the line in front of a planner. */
export function createWaitingLine({ maxWaiting, patienceMs, onBusy, onIdle }: Options): WaitingLine {
  const waiting = new Set<Job>();
  let isWorking = false;

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    onBusy();
    for (const job of waiting) {
      waiting.delete(job);
      clearTimeout(job.patience);
      await job.run();
    }
    isWorking = false;
    onIdle();
  }

  function wait<Result>(task: () => Promise<Result>, maxMs?: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        waiting.delete(job);
        reject(new NoPlan('busy', 'others took too long'));
      };
      const patience = maxMs === undefined ? undefined : setTimeout(giveUp, maxMs);
      const job = { run: () => task().then(resolve, reject), patience };
      waiting.add(job);
      void work();
    });
  }

  return {
    wait: (task) => wait(task),
    waitImpatiently: async (task) => {
      if (waiting.size >= maxWaiting) throw new NoPlan('busy', `${maxWaiting} operations are waiting`);
      return wait(task, patienceMs);
    },
  };
}
