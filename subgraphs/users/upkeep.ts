import type { Logger } from 'pino';

export interface Upkeep {
  stop(): Promise<void>;
}

/** Does a piece of work again and again, `everyMs` after the last time it ended; a failure is logged, and the next turn comes. */
export function startUpkeep(everyMs: number, work: () => Promise<void>, log: Pick<Logger, 'warn'>): Upkeep {
  let underWay: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const turn = async (): Promise<void> => {
    try {
      await work();
    } catch (err) {
      log.warn({ err }, 'upkeep failed and will be tried again');
    }
    if (!isStopped) plan();
  };
  const plan = (): void => {
    timer = setTimeout(() => {
      underWay = turn();
    }, everyMs);
  };
  plan();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
