// A process of its own, run with --expose-gc: reloads the supergraph a hundred times while clients ask, and prints as JSON what came
// of it: how many requests failed, what is left of a hundred engines in memory, and how much the heap has grown.
import { writeFile } from 'node:fs/promises';
import { queryObjects } from 'node:v8';
import { Supergraph } from '@apollo/federation-internals';
import { GraphQLSchema } from 'graphql';
import { Pool } from 'undici';
import { startReviewSubgraphs } from './shop.ts';
import { startGateway, supergraphOf } from './start-gateway.ts';
import { eventually, renameOver, withMore } from './supergraph-file.ts';

const CLIENTS = 4;
const WARM_UP = 10;
const RELOADS = 100;
const MEBIBYTE = 1024 * 1024;

const { reviews, people } = await startReviewSubgraphs();
const gateway = await startGateway([reviews, people], { env: { SUPERGRAPH_POLL_MS: '100', LOG_LEVEL: 'info' } });
const plain = supergraphOf([reviews, people]);
const extended = supergraphOf([reviews, withMore(people, 'extend type Person { title: String }')]);

const failed: string[] = [];
let answered = 0;
let version = 0;

await reload(WARM_UP);
const before = atRest();
await reload(RELOADS);
const after = atRest();
await gateway.stop();
await Promise.all([reviews.stop(), people.stop()]);
console.log(JSON.stringify({ answered, failed: failed.slice(0, 5), before, after }));

/** Writes so many supergraphs, each when the one before is in force, with clients asking all the time. */
async function reload(times: number): Promise<void> {
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) await ask();
  });
  for (let n = 0; n < times; n += 1) {
    version += 1;
    const text = `${version % 2 === 0 ? plain : extended}\n# ${version}\n`;
    await (version % 3 === 0 ? writeFile(gateway.supergraphFile, text) : renameOver(gateway.supergraphFile, text));
    gateway.logLines.length = 0;
    await eventually(() => gateway.logLines.some((line) => line.includes('a new supergraph is in force')));
  }
  isOver = true;
  await Promise.all(clients);
  gateway.logLines.length = 0;
  reviews.received.length = 0;
  people.received.length = 0;
}

async function ask(): Promise<void> {
  const query =
    answered % 2 === 0 ? '{ reviews { id author { name } } }' : 'mutation { review(text: "x") { author { name } } }';
  const { body } = await gateway.post({ query });
  answered += 1;
  if (body.errors !== undefined || body.data == null) failed.push(JSON.stringify(body));
}

/** What is in memory when nothing is under way: the heap, and how many there are of what each engine has. */
function atRest() {
  for (let n = 0; n < 5; n += 1) globalThis.gc?.();
  const heapMiB = process.memoryUsage().heapUsed / MEBIBYTE;
  const [supergraphs, schemas, pools] = [Supergraph, GraphQLSchema, Pool].map(count);
  return { heapMiB, engines: { supergraphs, schemas, pools } };
}

function count(of: new (...given: never[]) => unknown): number {
  return queryObjects(of, { format: 'count' });
}
