import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import { subgraphSchema } from '../made-up/subgraph-schema.ts';
import { compose } from '../run/start-oracles.ts';
import { createRandomGraph } from './create-random-graph.ts';

/** A random graph that composes; made anew on every call. */
export interface RandomGraph {
  readonly seed: number;
  readonly create: () => MadeUpGraph;
}

/** Of the random graphs from a seed on, as many as are asked for that compose: about four of ten do. */
export function* graphsThatCompose(from: number, count: number): Generator<RandomGraph> {
  let left = count;
  for (let seed = from; left > 0; seed += 1) {
    if (!doesCompose(seed)) continue;
    left -= 1;
    yield { seed, create: () => createRandomGraph(seed) };
  }
}

function doesCompose(seed: number): boolean {
  const graph = createRandomGraph(seed);
  try {
    compose(graph.subgraphs.map(({ name }) => ({ name, ...subgraphSchema(() => graph, name) })));
    return true;
  } catch {
    return false;
  }
}
