import { AbortSwitch, type AbortNotice } from './abort-notice.ts';

/** What came of shared work; `isOwn` where this asker's request caused it. */
export interface Shared<Value> {
  readonly value: Value;
  readonly isOwn: boolean;
}

/** Work that others may join while it is under way. Nothing is kept once it is done. */
export interface InFlight<Value> {
  /**
   * Joins the work under way for a key, or begins it. The work's own signal aborts only when every asker has gone; an asker who goes
   * is no longer waited for by the work, and still gets what comes of it.
   */
  share(key: string, signal: AbortNotice, begin: (signal: AbortNotice) => Promise<Value>): Promise<Shared<Value>>;
  /** Lets nobody join what is under way any more: what it reads may have changed. */
  renew(): void;
}

interface Work<Value> {
  /**
   * Let go of when it is there: tables that a `Map` has outgrown stay reachable from one another until the next full garbage collection,
   * and would keep every outcome until then.
   */
  outcome: Promise<Value> | undefined;
  readonly abort: AbortSwitch;
  waiting: number;
}

/** Makes a place where equal work is done once. The key must hold everything that the outcome depends on, who is asking above all. */
export function createInFlight<Value>(): InFlight<Value> {
  const underWay = new Map<string, Work<Value>>();

  const begun = (key: string, begin: (signal: AbortNotice) => Promise<Value>): Work<Value> => {
    const abort = new AbortSwitch();
    const work: Work<Value> = { abort, waiting: 0, outcome: begin(abort).finally(() => forget(key, work)) };
    underWay.set(key, work);
    return work;
  };
  const forget = (key: string, work: Work<Value>): void => {
    if (underWay.get(key) === work) underWay.delete(key);
    work.outcome = undefined;
  };

  return {
    async share(key, signal, begin) {
      const present = underWay.get(key);
      const work = present ?? begun(key, begin);
      const { outcome } = work;
      if (outcome === undefined) throw new Error('work that is done cannot be joined');
      work.waiting += 1;
      const leave = (): void => {
        work.waiting -= 1;
        if (work.waiting > 0) return;
        forget(key, work);
        work.abort.abort();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      try {
        return { value: await outcome, isOwn: present === undefined };
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    renew: () => underWay.clear(),
  };
}
