import { setTimeout as delay } from 'node:timers/promises';
import { SUBSCRIPTIONS } from './clinic.ts';
import { startContender, type Contender } from './contender.ts';
import { startCrowd } from './crowd.ts';
import type { Figure, Line } from './figure.ts';

const CLIENTS = 2_000;
const LONGEST_STAY_MS = 10_000;
const EVENTS_PER_SECOND = 50;
/** The first phase warms up: it is as long as what a gateway keeps of events, so that its window is as full afterwards as at the end. */
const PHASES = 6;
const REST_MS = 3_000;
const MEGABYTE = 1_048_576;
const MARGIN = 1.05;
const MARGIN_MB = 1;

/** Clients that come and go at random, and events for those who are there: what is left of them when all have gone. */
export const churn: Figure = async (around, { minutes }) => {
  const phaseMs = (minutes * 60_000) / PHASES;
  const env = { ...around.env, RESUME_MS: String(Math.round(phaseMs / 2)) };
  const gateway = await startContender('gateway', { ...around, env });
  const crowd = await startCrowd(CLIENTS);
  const order = { url: gateway.url, count: CLIENTS, query: SUBSCRIPTIONS.one, perSecond: undefined, key: around.key };
  const heaps: number[] = [];
  let visits = 0;
  try {
    for (let phase = 0; phase < PHASES; phase += 1) {
      crowd.churn({ ...order, isOnePerson: false, longestStayMs: LONGEST_STAY_MS });
      await happenUntil(gateway, performance.now() + phaseMs);
      const left = await crowd.leave();
      if (Object.keys(left.ended).length > 0) throw new Error(`sockets ended: ${JSON.stringify(left.ended)}`);
      visits += left.visits;
      await delay(REST_MS);
      heaps.push((await gateway.memory()).heapBytes / MEGABYTE);
      console.error(`after phase ${phase + 1} of ${PHASES}: ${heaps.at(-1)?.toFixed(2) ?? ''} MB`);
    }
  } finally {
    await crowd.stop();
    await gateway.stop();
  }
  return [lineOf(heaps, minutes, visits)];
};

async function happenUntil(gateway: Contender, endMs: number): Promise<void> {
  while (performance.now() < endMs) {
    const tick = delay(1_000 / EVENTS_PER_SECOND);
    const n = Math.floor(Math.random() * CLIENTS);
    await gateway.happen(`appointment-${n}`, `user-${n}`);
    await tick;
  }
}

function lineOf([first = Number.NaN, ...rest]: readonly number[], minutes: number, visits: number): Line {
  const last = rest.at(-1) ?? Number.NaN;
  const most = first * MARGIN + MARGIN_MB;
  return {
    what: `${visits} clients came and went in ${minutes} minutes, ${CLIENTS} at a time: heap when all have gone`,
    gateway: last,
    unit: 'MB',
    target: {
      text: `flat: at most ${most.toFixed(1)} MB (after warming up ${first.toFixed(1)} MB)`,
      isReached: last <= most,
      mustFail: true,
    },
  };
}
