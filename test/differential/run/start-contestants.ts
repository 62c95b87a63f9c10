import type { GraphQLSchema } from 'graphql';
import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import { neededNames } from '../made-up/needed-names.ts';
import { monolithSchema } from '../made-up/monolith-schema.ts';
import { serveSubgraph, type Spoiler } from '../made-up/serve-subgraph.ts';
import { subgraphSchema } from '../made-up/subgraph-schema.ts';
import { apiSchemaOf, askSchema, compose, startApollo, type Ask } from './start-oracles.ts';
import { startOurGateway, type AskInPieces } from './start-our-gateway.ts';

/** All who answer the same operations over the same data. */
export interface Contestants {
  readonly ours: Ask;
  readonly oursInPieces: AskInPieces;
  readonly monolith: Ask;
  readonly apollo: Ask;
  /** What clients see of the graph. */
  readonly apiSchema: GraphQLSchema;
  /** The names of all fields by which subgraphs know each other's entities, and of those that they require of them. */
  readonly needed: ReadonlySet<string>;
  /** What our gateway logged since it was asked last. */
  readonly takeLog: () => readonly string[];
  /** What happens to the answers of our gateway's subgraphs from now on; undefined: nothing. */
  readonly spoilWith: (spoiler: Spoiler | undefined) => void;
  /** Gives all of them the data of the beginning, after a mutation. */
  readonly reset: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts our gateway over HTTP, the monolith, and, once it is asked, Apollo Gateway, each with data of its own. */
export async function startContestants(
  createGraph: () => MadeUpGraph,
  env: Readonly<Record<string, string>> = {},
): Promise<Contestants> {
  const graphs = { ours: createGraph(), monolith: createGraph(), apollo: createGraph() };
  let spoiler: Spoiler | undefined;
  const names = graphs.ours.subgraphs.map(({ name }) => name);
  const served = await Promise.all(
    names.map((name) =>
      serveSubgraph(
        name,
        subgraphSchema(() => graphs.ours, name),
        (asked) => spoiler?.(asked),
      ),
    ),
  );
  const gateway = await startOurGateway(served, { env, caller: graphs.ours.caller });
  const start = () => startApollo(names.map((name) => ({ name, ...subgraphSchema(() => graphs.apollo, name) })));
  let apollo: ReturnType<typeof start> | undefined;
  const apiSchema = monolithSchema(() => graphs.monolith, apiSchemaOf(compose(served)));

  return {
    ours: gateway.ask,
    oursInPieces: gateway.askInPieces,
    monolith: askSchema(apiSchema),
    apollo: async (operation) => (await (apollo ??= start())).ask(operation),
    apiSchema,
    needed: neededNames(graphs.ours.subgraphs),
    takeLog: gateway.takeLog,
    spoilWith: (next) => {
      spoiler = next;
    },
    reset: () => {
      graphs.ours = createGraph();
      graphs.monolith = createGraph();
      graphs.apollo = createGraph();
    },
    stop: async () => {
      await Promise.all([gateway.stop(), apollo?.then(({ stop }) => stop())]);
      await Promise.all(served.map(({ stop }) => stop()));
    },
  };
}
