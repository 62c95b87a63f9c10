import type { AssertionSigner } from './auth/assertion-signer.ts';
import { clientsOf, instancesOf, type Instances, type Watched } from './build-clients.ts';
import { buildSteps, subgraphHeaders, type LastingSteps } from './build-steps.ts';
import { environmentName } from './config/subgraph-urls.ts';
import type { ClientRequest, Operation, OperationResult, WrittenResult } from './context.ts';
import type { PresentErrors, ReportFault } from './errors/present-errors.ts';
import { createEventAnswers } from './execute/event-answers.ts';
import { giveWay } from './lib/give-way.ts';
import { parsedResult } from './lib/parsed-result.ts';
import type { Soon } from './lib/soon.ts';
import { measureSteps } from './observability/measure-steps.ts';
import { runOperation, runPrepared, type Prepared } from './pipeline.ts';
import { createPlanner } from './plan/create-planner.ts';
import type { Planners } from './plan/create-planners.ts';
import { createRecentOperations, type RecentOperations } from './plan/recent-operations.ts';
import { subscriptionFetch } from './plan/subscription-fetch.ts';
import { warmUp } from './plan/warm-up.ts';
import { eventSources } from './subscriptions/event-sources.ts';
import type { RealtimeEngine } from './subscriptions/realtime-engine.ts';
import { createUpstreamOf } from './subscriptions/upstream/create-upstream-of.ts';
import type { LoadedSupergraph } from './supergraph/load-supergraph.ts';
import { upstreamAddresses } from './supergraph/upstream-addresses.ts';

/** Everything that is made from one supergraph: what changes as a whole when the supergraph does. */
export interface Engine extends RealtimeEngine {
  readonly run: (request: ClientRequest) => Promise<WrittenResult>;
  readonly instances: Instances;
  /** What was asked for lately. */
  readonly recentOperations: () => readonly Operation[];
  /** Plans operations before anybody waits for it; for two seconds at most. */
  readonly warmUp: (operations: readonly Operation[]) => Promise<void>;
  /** Lets go of the connections to subgraphs, and of what the planners know. */
  readonly close: () => Promise<void>;
}

interface Lasting extends Watched {
  readonly lasting: LastingSteps;
  readonly assertions: AssertionSigner;
  readonly presentErrors: PresentErrors;
  readonly logFault: ReportFault;
  readonly planners: Planners;
}

const WARM_UP_LIMIT_MS = 2_000;

type Load = (sdl: string) => LoadedSupergraph | Promise<LoadedSupergraph>;

/**
 * Makes an engine from a supergraph's SDL, and from what outlives every engine; requests to another engine have their turns meanwhile.
 * Rejects when the supergraph cannot be served, and leaves nothing behind then.
 */
export async function buildReadyEngine(sdl: string, load: Load, parts: Lasting): Promise<Engine> {
  const supergraph = await load(sdl);
  await giveWay();
  const { ready, ...engine } = buildEngine(supergraph, parts);
  try {
    await ready;
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function buildEngine(supergraph: LoadedSupergraph, parts: Lasting): Engine & { readonly ready: Promise<void> } {
  const { settings, metrics, stopwatch } = parts;
  const instances = instancesOf(supergraph, settings);
  const sources = eventSources(supergraph.annotatedSchema);
  const clients = clientsOf(instances, parts);
  const planner = createPlanner(parts.planners, supergraph);
  const percentage = (): number => Math.random() * 100;
  const eventAnswers = createEventAnswers();
  const bare = buildSteps({ ...parts, supergraph, planner, percentage, clients, eventAnswers });
  const recent = createRecentOperations();
  const noted = { ...bare, plan: notedBy(recent, bare.plan) };
  const steps = measureSteps(noted, metrics, stopwatch);
  const run = async (prepared: Prepared): Promise<OperationResult> => parsedResult(await runPrepared(steps, prepared));
  return {
    steps,
    run: (request) => runOperation(steps, request),
    runPrepared: run,
    upstreamOf: createUpstreamOf({
      fetchOf: async (operation) => subscriptionFetch(await steps.plan(operation)),
      addresses: upstreamAddresses(instances, (name) => settings.subgraphSubscriptions.get(environmentName(name))),
      headersFor: subgraphHeaders(parts),
      forwardHeaders: settings.forwardHeaders,
    }),
    runOnEvent: (prepared, payload) => {
      eventAnswers.give(prepared.request, payload);
      return run(prepared);
    },
    schema: supergraph.annotatedSchema,
    eventSources: sources,
    instances,
    recentOperations: recent.list,
    warmUp: (operations) => {
      // Who asks for none of them before the next supergraph comes finds them planned then, too.
      [...operations].reverse().forEach(recent.note);
      return warmUp(operations, { plan: bare.plan, schema: supergraph.apiSchema, limitMs: WARM_UP_LIMIT_MS });
    },
    ready: planner.ready,
    close: async () => {
      planner.release();
      for (const client of clients.values()) client.close();
    },
  };
}

function notedBy<Plan>(recent: RecentOperations, plan: (operation: Operation) => Soon<Plan>): typeof plan {
  return (operation) => {
    recent.note(operation);
    return plan(operation);
  };
}
