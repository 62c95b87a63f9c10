import { AbortSwitch, type AbortNotice } from './abort-notice.ts';

/** What came of shared work; `isOwn` where this asker's request caused it. */
export interface Shared<Value> {
  readonly value: Value;
  readonly isOwn: boolean;
}

/** What tells work from other work: together, everything that the outcome depends on, who is asking above all. */
export interface WorkKey {
  /** It is looked up. */
  readonly found: string;
  /** May be long: it is compared with that of all work of the same `found`, which should not be many. */
  readonly compared: string;
}

/**
 * Begins work. `signal` aborts when every asker has gone. `close` lets nobody join any more, and tells whether anybody has: for work
 * that is about to let go of something that only they need.
 */
export type Begin<Value> = (signal: AbortNotice, close: () => boolean) => Promise<Value>;

/** Work that others may join while it is under way. Nothing is kept once it is done. */
export interface InFlight<Value> {
  /**
   * Joins the work under way for a key, or begins it. An asker who goes is no longer waited for by the work, and still gets what comes
   * of it.
   */
  share(key: WorkKey, signal: AbortNotice, begin: Begin<Value>): Promise<Shared<Value>>;
  /** Lets nobody join what is under way any more: what it reads may have changed. */
  renew(): void;
}

interface Work<Value> {
  readonly key: WorkKey;
  /**
   * Let go of when it is there, as the work is: tables that a `Map` has outgrown stay reachable from one another until the next full
   * garbage collection, and would keep every outcome until then.
   */
  outcome: Promise<Value> | undefined;
  readonly abort: AbortSwitch;
  waiting: number;
  isJoined: boolean;
}

/** Makes a place where equal work is done once. */
export function createInFlight<Value>(): InFlight<Value> {
  const underWay = new Map<string, Work<Value>[]>();

  const begun = (key: WorkKey, begin: Begin<Value>): Work<Value> => {
    const abort = new AbortSwitch();
    const work: Work<Value> = { key, abort, waiting: 0, outcome: undefined, isJoined: false };
    const outcome = begin(abort, () => {
      forget(work);
      return work.isJoined;
    });
    work.outcome = outcome;
    const others = underWay.get(key.found);
    if (others === undefined) underWay.set(key.found, [work]);
    else others.push(work);
    return work;
  };
  const forget = (work: Work<Value>): void => {
    work.outcome = undefined;
    const { found } = work.key;
    const all = underWay.get(found);
    const index = all?.indexOf(work) ?? -1;
    if (all === undefined || index === -1) return;
    all.splice(index, 1);
    if (all.length === 0) underWay.delete(found);
  };

  return {
    async share(key, signal, begin) {
      const present = underWay.get(key.found)?.find((one) => one.key.compared === key.compared);
      const work = present ?? begun(key, begin);
      const { outcome } = work;
      if (outcome === undefined) throw new Error('work that is done cannot be joined');
      work.waiting += 1;
      work.isJoined ||= present !== undefined;
      const leave = (): void => {
        work.waiting -= 1;
        if (work.waiting > 0) return;
        forget(work);
        work.abort.abort();
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      try {
        return { value: await outcome, isOwn: present === undefined };
      } finally {
        // Whoever began it goes on before all others who wait.
        if (present === undefined) forget(work);
        signal.removeEventListener('abort', leave);
      }
    },
    renew: () => underWay.clear(),
  };
}
