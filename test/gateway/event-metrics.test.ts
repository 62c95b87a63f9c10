import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startEventClinic, type EventClinic } from './support/event-clinic.ts';
import type { TestGateway } from './support/start-gateway.ts';

let clinic: EventClinic;
let gateway: TestGateway;

beforeAll(async () => {
  clinic = await startEventClinic();
  gateway = await clinic.startGateway();
});
afterAll(async () => {
  await gateway.stop();
  await clinic.stop();
});

it('tells whether the event bus is there, how many events came and how late the last one was', async () => {
  await metricComesTo('caregraph_gateway_event_bus_connected', (value) => value === 1);
  expect(await metric('caregraph_gateway_events_total')).toBe(0);

  await clinic.happen({ visit: 'v1', status: 'CONFIRMED' }, ['ada']);

  await metricComesTo('caregraph_gateway_events_total', (value) => value === 1);
  const lag = await metric('caregraph_gateway_event_lag_seconds');
  expect(lag).toBeGreaterThan(0);
  expect(lag).toBeLessThan(15);
});

it('says 0 where no bus is set', async () => {
  const bare = await clinic.startGateway({ env: { EVENTS_DATABASE_URL: '' } });

  expect(await metric('caregraph_gateway_event_bus_connected', bare)).toBe(0);

  await bare.stop();
});

async function metric(name: string, of: TestGateway = gateway): Promise<number> {
  const text = await (await fetch(`${of.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
}

/** Asks until it is so; the time limit of the test ends a wait in vain. */
async function metricComesTo(name: string, isIt: (value: number) => boolean): Promise<void> {
  while (!isIt(await metric(name)));
}
