import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does the work and answers no sooner than after `paceMs`, failures included, so that how long it took does not tell which way
 * it went. Work that takes longer makes the answer later.
 */
export async function paced<Result>(paceMs: number, work: () => Promise<Result>): Promise<Result> {
  const [outcome] = await Promise.allSettled([work(), delay(paceMs)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
