import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';
import { generateOperation, type GeneratedOperation } from '../differential/generate/generate-operation.ts';
import { createLibrary } from '../differential/library/library-graph.ts';
import { serveSubgraph, type ServedSubgraph } from '../differential/made-up/serve-subgraph.ts';
import { subgraphSchema } from '../differential/made-up/subgraph-schema.ts';
import { apiSchemaOf, compose } from '../differential/run/start-oracles.ts';
import { startGatewayProcess, supergraphFile, type GatewayProcess } from './support/gateway-process.ts';
import type { Turns } from './support/measure-turns.ts';
import { eventually, renameOver } from './support/supergraph-file.ts';

const LIMIT_MS = 20;
/** What the yardstick of `measure-turns.ts` takes on the machine on which the limit was set. */
const USUAL_YARDSTICK_MS = 10;
const WARM_UPS = 60;
const OPERATIONS = 150;
const CLIENTS = 4;
const RELOADS = 5;

/** A person's fields over and over, as often as it takes to be the largest operation that is planned at hand, or more. */
const repeated = (times: number): string =>
  `{ people { ${'...F '.repeat(times)} } } fragment F on Person { name nick born }`;

/** Apollo's planner takes minutes over the first, and the native one finds no way for the second; the last is too large for ours at hand. */
const HARD: readonly string[] = [
  'mutation { rate(media: "m5") { media { ... on Book { shelfMark } } } }',
  '{ ratings { media { ... on Book { author { name } } } } }',
  '{ ratings { media { ... on Work { __typename } ... on Book { stars } } } }',
  repeated(550),
  repeated(1_100),
];

type Sent = Pick<GeneratedOperation, 'query' | 'variables'>;

let subgraphs: readonly ServedSubgraph[];
let operations: readonly Sent[];
let gateway: GatewayProcess;
let file: Awaited<ReturnType<typeof supergraphFile>>;
let sdl: string;

beforeAll(async () => {
  const graph = createLibrary();
  subgraphs = await Promise.all(
    graph.subgraphs.map(({ name }) =>
      serveSubgraph(
        name,
        subgraphSchema(() => graph, name),
      ),
    ),
  );
  sdl = compose(subgraphs);
  const source = { schema: apiSchemaOf(sdl), samples: graph.samples };
  operations = Array.from({ length: WARM_UPS + OPERATIONS }, (_, seed) => generateOperation(source, 1 + seed));
  file = await supergraphFile(sdl);
  const modules = ['./test/gateway/support/measure-turns.ts'];
  gateway = await startGatewayProcess(file.path, { SUPERGRAPH_POLL_MS: '500' }, await freePort(), modules);
}, 60_000);

afterAll(async () => {
  gateway.child.kill('SIGTERM');
  await gateway.exited;
  await Promise.all([file.remove(), ...subgraphs.map(({ stop }) => stop())]);
});

describe('planning', () => {
  it('leaves the event loop to others: operations that are planned for the first time never hold it for more than 20 ms', async () => {
    await sendAll(operations.slice(0, WARM_UPS));
    const hard = HARD.map((query) => ({ query, variables: {} }));

    gateway.child.send('begin');
    const statuses = await sendAll([...hard, ...operations.slice(WARM_UPS)]);
    const turns = await turnsOf(gateway);

    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(OPERATIONS * 0.9);
    expect(turns.count).toBeGreaterThan(OPERATIONS / CLIENTS);
    expect(usuallyLongestMs(turns)).toBeLessThan(limitFor(turns));
  }, 180_000);
});

describe('a changed supergraph', () => {
  it('is taken up beside the requests: it never holds the event loop for more than 20 ms', async () => {
    const isInForce = (times: number) => (): boolean =>
      gateway.printed().split('a new supergraph is in force').length > times;

    gateway.child.send('begin');
    for (let times = 1; times <= RELOADS; times += 1) {
      await renameOver(file.path, `${sdl}\n# ${times}`);
      await eventually(isInForce(times), 30_000);
    }
    const turns = await turnsOf(gateway);

    expect(turns.count).toBeGreaterThan(RELOADS);
    expect(usuallyLongestMs(turns)).toBeLessThan(limitFor(turns));
  }, 180_000);
});

/** A garbage collection may fall into one turn or two; what the gateway itself does in one go, it does again and again. */
function usuallyLongestMs({ longestMs: [, , third = Infinity] }: Turns): number {
  return third;
}

function limitFor({ yardstickMs }: Turns): number {
  return LIMIT_MS * Math.max(1, yardstickMs / USUAL_YARDSTICK_MS);
}

/** A slower processor takes longer over the yardstick, too; a busy one does not, as the time of others does not count. */
async function turnsOf({ child }: GatewayProcess): Promise<Turns> {
  const told = once(child, 'message');
  child.send('end');
  const [turns] = (await told) as [Turns];
  return turns;
}

/** Sends operations, several at a time, and gives the status of each answer. */
async function sendAll(all: readonly Sent[]): Promise<readonly number[]> {
  const left = [...all];
  const statuses: number[] = [];
  const client = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(one),
      });
      await response.text();
      statuses.push(response.status);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return statuses;
}
