import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { startGatewayProcess, supergraphFile, type GatewayProcess } from './support/gateway-process.ts';
import { openResponse } from './support/open-response.ts';
import { RawSocket } from './support/raw-socket.ts';
import { supergraphOf } from './support/start-gateway.ts';
import { eventually } from './support/supergraph-file.ts';
import { createVisitWorld, type VisitWorld } from './support/visit-world.ts';

const SOCKETS = 40;
const STREAMS = 30;

let world: VisitWorld;
let supergraph: Awaited<ReturnType<typeof supergraphFile>>;
let gateway: GatewayProcess;

beforeAll(async () => {
  world = await createVisitWorld();
  const { visits, rooms } = world.subgraphs;
  supergraph = await supergraphFile(supergraphOf([visits, rooms]));
  gateway = await startGatewayProcess(
    supergraph.path,
    { ...world.env, SOCKETS_PER_IDENTITY: '1000' },
    await freePort(),
  );
}, 60_000);

afterAll(async () => {
  gateway.child.kill('SIGKILL');
  await gateway.exited;
  await supergraph.remove();
  await world.stop();
});

it('tells its clients to go one after the other at SIGTERM, answers what is under way first, and then ends', async () => {
  const token = await world.tokenFor('ada');
  const idle = Array.from({ length: SOCKETS }, () => new RawSocket(gateway.url, { token }));
  const busy = new RawSocket(gateway.url, { token });
  await Promise.all(idle.map((socket) => socket.acknowledged()));
  await busy.subscribe('s', 'subscription { changed { id status } }');
  const closedAtMs: number[] = [];
  const closes = idle.map(({ closed }) => closed.finally(() => closedAtMs.push(performance.now())));
  const streams = await Promise.all(Array.from({ length: STREAMS }, () => subscribeOverHttp(token)));
  const endedAtMs: number[] = [];
  const ends = streams.map(({ ended }) => ended.then(() => endedAtMs.push(performance.now())));
  let release: () => void = () => undefined;
  world.subgraphs.visits.mayAnswer = new Promise((resolve) => (release = resolve));
  busy.send({ id: 'm', type: 'subscribe', payload: { query: 'mutation { touch }' } });
  const overHttp = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'mutation { touch }' }),
  });
  const underWay = (): number =>
    world.subgraphs.visits.received.filter(({ body }) => body.query.includes('touch')).length;
  await eventually(() => underWay() === 2);

  gateway.child.kill('SIGTERM');
  const reasons = await Promise.all(closes);
  await Promise.all(ends);
  const late = new RawSocket(gateway.url, { token });
  const [refused] = await late.closed;
  expect(busy.socket.readyState).toBe(busy.socket.OPEN);
  release();
  world.subgraphs.visits.mayAnswer = undefined;

  expect((await (await overHttp).json()) as unknown).toEqual({ data: { touch: 'ada' } });
  expect((await busy.closed)[0]).toBe(1012);
  expect(busy.received('m')).toEqual([{ data: { touch: 'ada' } }]);
  expect(busy.messages.at(-1)).toEqual({ id: 'm', type: 'complete' });
  expect(new Set(reasons.map(([code, reason]) => `${code} ${reason}`))).toEqual(
    new Set(['1012 The gateway restarts: connect again after a random pause of up to 5 s']),
  );
  // Ten milliseconds from one to the next; not all at once.
  expect(Math.max(...closedAtMs) - Math.min(...closedAtMs)).toBeGreaterThan((SOCKETS * 10) / 4);
  expect(Math.max(...endedAtMs) - Math.min(...endedAtMs)).toBeGreaterThan((STREAMS * 10) / 4);
  for (const stream of streams) expect(stream.text()).toMatch(/\nretry: \d+\n\n$/);
  expect(refused).toBe(1006);
  expect(await gateway.exited).toBe(0);
});

function subscribeOverHttp(token: string) {
  return openResponse(`${gateway.url}/graphql`, {
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'subscription { changed { id } }' }),
  });
}
