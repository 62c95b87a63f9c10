import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { startGatewayProcess, supergraphFile, type GatewayProcess } from './support/gateway-process.ts';
import { startOneAddress, type OneAddress } from './support/one-address.ts';
import { startResumingClient } from './support/resuming-client.ts';
import { supergraphOf } from './support/start-gateway.ts';
import { createVisitWorld, type VisitWorld } from './support/visit-world.ts';

/** `npm run test:nightly` runs it as large as the requirement is. */
const {
  clients: CLIENTS,
  eventsPerSecond: RATE,
  kills: KILLS,
  everyMs: KILL_EVERY_MS,
} = process.env['REALTIME_NIGHTLY']
  ? { clients: 2_000, eventsPerSecond: 100, kills: 6, everyMs: 10_000 }
  : { clients: 200, eventsPerSecond: 50, kills: 3, everyMs: 0 };
const TICK_MS = 100;
const PATIENCE_MS = 60_000;

let world: VisitWorld;
let supergraph: Awaited<ReturnType<typeof supergraphFile>>;
let address: OneAddress;
let ports: number[];
let instances: GatewayProcess[];

beforeAll(async () => {
  world = await createVisitWorld();
  const { visits, rooms } = world.subgraphs;
  supergraph = await supergraphFile(supergraphOf([visits, rooms]));
  ports = [await freePort(), await freePort()];
  instances = await Promise.all(ports.map(start));
  address = await startOneAddress(ports);
}, 60_000);

afterAll(async () => {
  for (const { child } of instances) child.kill('SIGKILL');
  await Promise.all(instances.map(({ exited }) => exited));
  await address.stop();
  await supergraph.remove();
  await world.stop();
});

it('loses nothing and doubles nothing while one of two instances is killed again and again', async () => {
  const names = Array.from({ length: CLIENTS }, (_, n) => `user-${n}`);
  const clients = await Promise.all(
    names.map(async (name) => startResumingClient(address.url, await world.tokenFor(name))),
  );
  await until(() => clients.every((client) => client.isReady()));
  const happened = new Map(names.map((name) => [name, [] as string[]]));
  const publishing = publishUntilAborted(happened);

  for (let kill = 0; kill < KILLS; kill += 1) {
    const place = kill % 2;
    const [port = 0, victim] = [ports[place], instances[place]];
    const next = wait(KILL_EVERY_MS);
    victim?.child.kill('SIGKILL');
    await victim?.exited;
    instances[place] = await start(port);
    await next;
  }
  await publishing.stop();

  const total = [...happened.values()].reduce((sum, ids) => sum + ids.length, 0);
  await until(() => clients.reduce((sum, { seen }) => sum + seen.length, 0) >= total);
  const wrong = names.filter((name, n) => clients[n]?.seen.join() !== happened.get(name)?.join());
  const reconnects = clients.reduce((sum, client) => sum + client.connections() - 1, 0);
  expect(wrong).toEqual([]);
  expect(clients.filter((client) => client.gaps() > 0)).toEqual([]);
  expect(total).toBeGreaterThan(RATE);
  expect(reconnects).toBeGreaterThanOrEqual((CLIENTS / 4) * KILLS);
  await Promise.all(clients.map((client) => client.stop()));
}, 300_000);

function start(port: number): Promise<GatewayProcess> {
  return startGatewayProcess(supergraph.path, { ...world.env, SOCKETS_PER_ADDRESS: '100000', LOG_LEVEL: 'info' }, port);
}

/** Makes changes at the rate, each for one user after the other, and notes what happened to whom. */
function publishUntilAborted(happened: ReadonlyMap<string, string[]>): { readonly stop: () => Promise<void> } {
  const users = [...happened.keys()];
  let made = 0;
  const over = new AbortController();
  const work = (async () => {
    while (!over.signal.aborted) {
      const tick = wait(TICK_MS);
      for (let n = 0; n < (RATE * TICK_MS) / 1_000; n += 1) {
        const user = users[(made += 1) % users.length] ?? '';
        happened.get(user)?.push(await world.happen({ status: 'CHANGED' }, [user]));
      }
      await tick;
    }
  })();
  return {
    async stop() {
      over.abort();
      await work;
    },
  };
}

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!isTrue() && Date.now() < giveUpAt) await wait(20);
}
