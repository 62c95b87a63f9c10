import type { GraphQLSchema } from 'graphql';
import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import { monolithSchema } from '../made-up/monolith-schema.ts';
import { serveSubgraph } from '../made-up/serve-subgraph.ts';
import { subgraphSchema } from '../made-up/subgraph-schema.ts';
import { apiSchemaOf, askSchema, compose, startApollo, type Ask } from './start-oracles.ts';
import { startOurGateway } from './start-our-gateway.ts';

/** All who answer the same operations over the same data. */
export interface Contestants {
  readonly ours: Ask;
  readonly monolith: Ask;
  readonly apollo: Ask;
  /** What clients see of the graph. */
  readonly apiSchema: GraphQLSchema;
  /** What our gateway logged since it was asked last. */
  readonly takeLog: () => readonly string[];
  /** Gives all of them the data of the beginning, after a mutation. */
  readonly reset: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts our gateway over HTTP, the monolith, and Apollo Gateway, each with data of its own. */
export async function startContestants(
  createGraph: () => MadeUpGraph,
  env: Readonly<Record<string, string>> = {},
): Promise<Contestants> {
  const graphs = { ours: createGraph(), monolith: createGraph(), apollo: createGraph() };
  const names = graphs.ours.subgraphs.map(({ name }) => name);
  const served = await Promise.all(
    names.map((name) =>
      serveSubgraph(
        name,
        subgraphSchema(() => graphs.ours, name),
      ),
    ),
  );
  const gateway = await startOurGateway(served, { env, caller: graphs.ours.caller });
  const apollo = await startApollo(names.map((name) => ({ name, ...subgraphSchema(() => graphs.apollo, name) })));
  const apiSchema = monolithSchema(() => graphs.monolith, apiSchemaOf(compose(served)));

  return {
    ours: gateway.ask,
    monolith: askSchema(apiSchema),
    apollo: apollo.ask,
    apiSchema,
    takeLog: gateway.takeLog,
    reset: () => {
      graphs.ours = createGraph();
      graphs.monolith = createGraph();
      graphs.apollo = createGraph();
    },
    stop: async () => {
      await Promise.all([gateway.stop(), apollo.stop()]);
      await Promise.all(served.map(({ stop }) => stop()));
    },
  };
}
