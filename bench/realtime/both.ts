import { setTimeout as delay } from 'node:timers/promises';
import { SUBSCRIPTIONS } from './clinic.ts';
import { startContender, type Contender, type ContenderName } from './contender.ts';
import { startCrowd, type Crowd, type CrowdOrder } from './crowd.ts';
import type { Surroundings } from './surroundings.ts';

const NAMES: readonly ContenderName[] = ['gateway', 'bare'];
const WARM_UP = 500;

/** So long a server is left alone before what it holds, or uses, is measured. */
export const REST_MS = 2_000;

/** `order` is that of clients who subscribe to one subgraph, each another person. */
type Measure<T> = (contender: Contender, crowd: Crowd, order: Omit<CrowdOrder, 'count'>) => Promise<T>;

/** Measures the gateway and the bare server one after the other, each in fresh processes with fresh clients. */
export async function both<T>(
  around: Surroundings,
  { clients, processes = 1 }: { readonly clients: number; readonly processes?: number },
  measure: Measure<T>,
): Promise<Record<ContenderName, T>> {
  const results: Partial<Record<ContenderName, T>> = {};
  for (const name of NAMES) {
    const contender = await startContender(name, around, processes);
    const people = await startCrowd(clients);
    const { url } = contender;
    const order = { url, query: SUBSCRIPTIONS.one, isOnePerson: false, perSecond: undefined, key: around.key };
    try {
      results[name] = await measure(contender, people, order);
    } finally {
      await people.stop();
      await contender.stop();
    }
  }
  return results as Record<ContenderName, T>;
}

/** Lets 500 clients come and go before the others come. */
export async function warmUp(contender: Contender, people: Crowd, order: Omit<CrowdOrder, 'count'>): Promise<void> {
  await people.connect({ ...order, count: WARM_UP });
  await people.leave();
  await delay(REST_MS);
  await contender.memory();
}
