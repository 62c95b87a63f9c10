import { GraphQLError, type GraphQLSchema } from 'graphql';
import { createAuthorize } from './authorize/create-authorize.ts';
import type { PlannerName } from './config/settings.ts';
import type { OperationResult } from './context.ts';
import { generalSentence } from './errors/general-sentences.ts';
import type { PresentErrors, ReportFault } from './errors/present-errors.ts';
import { createExecute } from './execute/create-execute.ts';
import { createSend } from './execute/create-send.ts';
import { createSubgraphClient } from './execute/subgraph-client.ts';
import { parsedResult } from './lib/parsed-result.ts';
import { createTurnLimit } from './lib/turn-limit.ts';
import { runPrepared, type Prepared } from './pipeline.ts';
import { createPlan, PLANNING_MS_IN_A_TURN } from './plan/create-plan.ts';
import { createPlanner } from './plan/create-planner.ts';
import { createPlanners } from './plan/create-planners.ts';
import { loadSupergraph } from './supergraph/load-supergraph.ts';
import { subgraphInstances } from './supergraph/subgraph-instances.ts';

interface Options {
  readonly supergraphSdl: string;
  readonly headersFor: Parameters<typeof createSend>[0]['headersFor'];
  readonly subgraphUrls?: Readonly<Record<string, readonly string[]>>;
  readonly subgraphTimeoutMs?: number;
  readonly planner?: PlannerName;
  readonly reportFault: ReportFault;
}

/** The part of the gateway that is left when a server of somebody else's parses, validates and answers. */
export interface ApolloEngine {
  readonly apiSchema: GraphQLSchema;
  /** Authorizes, plans and executes. */
  readonly run: (prepared: Prepared) => Promise<OperationResult>;
  /** Settles when operations can be planned; rejects when no planner takes the supergraph. */
  readonly ready: Promise<void>;
  readonly close: () => Promise<void>;
}

const SUBGRAPH_TIMEOUT_MS = 10_000;
const PLANNER_TIMEOUT_MS = 3_000;

/** Puts together what runs operations of a supergraph. Throws when the supergraph cannot be served. */
export function buildApolloEngine(options: Options): ApolloEngine {
  const { subgraphUrls = {}, subgraphTimeoutMs: timeoutMs = SUBGRAPH_TIMEOUT_MS, reportFault: logFailure } = options;
  const supergraph = loadSupergraph(options.supergraphSdl);
  const instances = subgraphInstances(supergraph.routingUrls, (name) => subgraphUrls[name]);
  const planners = createPlanners({
    first: options.planner ?? 'plain',
    limitMs: PLANNER_TIMEOUT_MS,
    onTrouble: (cause) => logFailure({ requestId: 'none', code: 'INTERNAL_SERVER_ERROR', cause }),
  });
  const planner = createPlanner(planners, supergraph);
  const stopwatch = (): number => performance.now();
  const watched = { observe: () => undefined, stopwatch };
  const clients = new Map(
    [...instances].map(([name, urls]) => [
      name,
      createSubgraphClient({ name, urls, timeoutMs, passesCredentials: true, ...watched }),
    ]),
  );
  const steps = {
    authorize: createAuthorize(supergraph.annotatedSchema),
    plan: createPlan(planner, () => Math.random() * 100, createTurnLimit(stopwatch, PLANNING_MS_IN_A_TURN)),
    execute: createExecute({
      apiSchema: supergraph.apiSchema,
      sender: createSend({ clients, headersFor: options.headersFor, logFailure }),
      // What a subgraph is told is made elsewhere: nothing says which requests may be answered alike.
      senderKey: undefined,
      presentErrors: { executed: withoutAddresses },
    }),
  };
  return {
    apiSchema: supergraph.apiSchema,
    run: async (prepared) => parsedResult(await runPrepared(steps, prepared)),
    ready: planner.ready,
    close: async () => {
      for (const client of clients.values()) client.close();
      await planners.close();
    },
  };
}

/** Why a subgraph cannot be reached is for the log: it names hosts. What a subgraph wrote is the server's to judge. */
const withoutAddresses: PresentErrors['executed'] = (errors) => errors.map(shown);

function shown(error: GraphQLError): GraphQLError {
  const { code, subgraph, ...rest } = error.extensions;
  const sentence =
    typeof code === 'string' && code.startsWith('SUBGRAPH_') ? generalSentence(code as never) : undefined;
  return new GraphQLError(sentence ?? error.message, {
    ...(error.path !== undefined && { path: error.path }),
    extensions: {
      ...rest,
      code: code ?? 'DOWNSTREAM_SERVICE_ERROR',
      ...(subgraph !== undefined && { serviceName: subgraph }),
    },
  });
}
