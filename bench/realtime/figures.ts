import { setTimeout as delay } from 'node:timers/promises';
import { ask } from '../processes.ts';
import { both, REST_MS, warmUp } from './both.ts';
import { SUBSCRIPTIONS } from './clinic.ts';
import type { Contender } from './contender.ts';
import type { Crowd } from './crowd.ts';
import { percentile, type Figure } from './figure.ts';

const TICK_MS = 10;
const ROUNDS = 5;
const KILOBYTE = 1_024;

/** What a subscriber costs that waits for an event which does not come. */
export const idle: Figure = async (around, { subscribers: count }) => {
  const measured = await both(around, { clients: count }, async (contender, crowd, order) => {
    await warmUp(contender, crowd, order);
    const before = await contender.memory();
    await crowd.connect({ ...order, count });
    await delay(REST_MS);
    const after = await contender.memory();
    return {
      resident: (after.residentBytes - before.residentBytes) / count / KILOBYTE,
      heap: (after.heapBytes - before.heapBytes) / count / KILOBYTE,
    };
  });
  const { gateway, bare } = measured;
  return [
    {
      what: `${count} idle subscribers: resident memory of each`,
      ...{ gateway: gateway.resident, bare: bare.resident, unit: 'KB' },
      target: {
        text: '<= 1.3 x, < 20 KB',
        isReached: gateway.resident <= 1.3 * bare.resident && gateway.resident < 20,
      },
    },
    { what: 'of it in the heap, buffers included', gateway: gateway.heap, bare: bare.heap, unit: 'KB' },
  ];
};

/** Events that each concern another subscriber. */
export const spread: Figure = async (around, { subscribers: count, seconds, eventsPerSecond }) => {
  const { gateway, bare } = await both(around, { clients: count }, async (contender, crowd, order) => {
    await crowd.connect({ ...order, count });
    // Each subscriber has had an event before: nothing is done for the first time.
    await happenFor(contender, { count, seconds: count / eventsPerSecond, eventsPerSecond });
    await delay(REST_MS);
    await crowd.latencies();
    contender.watch('cpu');
    const startMs = performance.now();
    const made = await happenFor(contender, { count, seconds, eventsPerSecond });
    const { cpuSeconds } = await contender.usage();
    const load = (cpuSeconds * 100_000) / (performance.now() - startMs);
    await delay(REST_MS);
    const latencies = await crowd.latencies();
    if (latencies.length !== made) throw new Error(`${contender.name}: ${latencies.length} of ${made} changes came`);
    return { load, latencies };
  });
  const p99 = percentile(gateway.latencies, 0.99);
  return [
    {
      what: `${count} subscribers of as many appointments, ${eventsPerSecond} events/s: commit to client, p99`,
      ...{ gateway: p99, bare: percentile(bare.latencies, 0.99), unit: 'ms' },
      target: { text: '< 250 ms', isReached: p99 < 250 },
    },
    {
      what: 'the same, median',
      ...{ gateway: percentile(gateway.latencies, 0.5), bare: percentile(bare.latencies, 0.5), unit: 'ms' },
    },
    {
      what: 'CPU meanwhile, of its core',
      ...{ gateway: gateway.load, bare: bare.load, unit: '%' },
      target: { text: '<= 2 x', isReached: gateway.load <= 2 * bare.load },
    },
  ];
};

/** One event that concerns everybody, with a selection of four subgraphs. */
export const crowd: Figure = async (around, { subscribers: count }) => {
  const { gateway, bare } = await both(around, { clients: count }, async (contender, people, order) => {
    await people.connect({ ...order, count, query: SUBSCRIPTIONS.four, isOnePerson: true });
    await happenOnce(contender, people, count);
    await ask(around.subgraphs, 'count');
    const slowest: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) slowest.push(await happenOnce(contender, people, count));
    const requests = Number(await ask(around.subgraphs, 'count')) / ROUNDS;
    return { lastMs: Math.max(...slowest), middleMs: percentile(slowest, 0.5), requests };
  });
  return [
    {
      what: `${count} subscribers of one event, four subgraphs: last client served, the worst of ${ROUNDS}`,
      ...{ gateway: gateway.lastMs, bare: bare.lastMs, unit: 'ms' },
      target: { text: '< 1000 ms', isReached: gateway.lastMs < 1_000 },
    },
    { what: 'the same, median', gateway: gateway.middleMs, bare: bare.middleMs, unit: 'ms' },
    {
      what: 'requests to subgraphs for each event',
      ...{ gateway: gateway.requests, unit: '' },
      target: { text: 'one of each: 4', isReached: gateway.requests === 4 },
    },
  ];
};

/** Makes changes at a rate, of one appointment after the other; resolves with how many. */
async function happenFor(
  contender: Contender,
  { count, seconds, eventsPerSecond }: { count: number; seconds: number; eventsPerSecond: number },
): Promise<number> {
  const beginMs = performance.now();
  const total = seconds * eventsPerSecond;
  const under: Promise<void>[] = [];
  while (under.length < total) {
    const due = Math.min(total, ((performance.now() - beginMs) * eventsPerSecond) / 1_000);
    for (; under.length < due;) {
      const n = under.length % count;
      under.push(contender.happen(`appointment-${n}`, `user-${n}`));
    }
    await delay(TICK_MS);
  }
  await Promise.all(under);
  return total;
}

/** Makes one change that all wait for; resolves with how long the last of them waited, in milliseconds. */
async function happenOnce(contender: Contender, people: Crowd, count: number): Promise<number> {
  await contender.happen('appointment-0', 'user-0');
  const latencies: number[] = [];
  while (latencies.length < count) {
    await delay(1_000);
    latencies.push(...(await people.latencies()));
  }
  return Math.max(...latencies);
}
