import type { GraphQLSchema } from 'graphql';
import { remembered } from '../../lib/remembered.ts';
import type { CompiledPlan, FetchNode, PlanNode } from '../compiled-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { overrideLabels, percentageOf } from '../override-percentages.ts';
import type { PlannedOperation } from '../plan-in-series.ts';
import type { PlainBudget } from './budget.ts';
import { createSentTogether } from './field-sets.ts';
import { joinRequests } from './join-requests.ts';
import type { PlainRequest } from './plain-request.ts';
import { plainRequests, type PlainRequests } from './plain-requests.ts';
import { createRoutes } from './routes.ts';
import { createSubgraphKnowledge, type SubgraphKnowledge } from './subgraph-knowledge.ts';
import { createRequestWriting } from './write-requests.ts';

/** Plans an operation under tree keys, without conditions; throws where it has no plan, or takes more than it may. */
export type PlainPlanner = (operation: PlannedOperation, percentage: number, budget: PlainBudget) => CompiledPlan;

/**
 * Makes a planner that asks for one thing after the other: each field of whoever has it, each object by its type. What is deferred is
 * asked for by requests of its own. `schema` is the supergraph, of which it remembers what it has looked up.
 */
export function createPlainPlanner(schema: GraphQLSchema, objectTypes: ObjectTypes): PlainPlanner {
  const thresholds = overrideLabels(schema).flatMap((label) => percentageOf(label) ?? []);
  const plannerAt = remembered((percentage) =>
    createPlannerAt(createSubgraphKnowledge(schema, objectTypes, Number(percentage)), objectTypes),
  );
  return (operation, percentage, budget) => {
    // Between two thresholds all percentages are the same.
    const lowest = Math.max(0, ...thresholds.filter((one) => one <= percentage));
    return plannerAt(String(lowest))(operation, budget);
  };
}

function createPlannerAt(
  knowledge: SubgraphKnowledge,
  objectTypes: ObjectTypes,
): (operation: PlannedOperation, budget: PlainBudget) => CompiledPlan {
  const routes = createRoutes(knowledge);
  const sentTogether = createSentTogether();
  return (operation, budget) => {
    const { requests, deferred } = plainRequests({ knowledge, routes, objectTypes, operation, budget });
    const write = createRequestWriting({ operation: operation.definition, knowledge, sentTogether, budget });
    return deferred.length === 0 ? wholePlan(requests, write) : planInParts({ requests, deferred }, write);
  };
}

type Write = ReturnType<typeof createRequestWriting>;

function wholePlan(requests: readonly PlainRequest[], write: Write): CompiledPlan {
  const rounds = joinRequests(requests, awaitedBy(requests));
  return { root: inSequence(rounds.map((round) => inParallel(round.map((one) => write(one, undefined))))) };
}

/** Requests have ids then, by which deferred fragments know those whose answers they need. */
function planInParts({ requests, deferred }: PlainRequests, write: Write): CompiledPlan {
  const awaited = awaitedBy(requests);
  const ids = new Map<PlainRequest, string>();
  let last = 0;
  const rootOf = (some: readonly PlainRequest[]): PlanNode | undefined => {
    const rounds = joinRequests(some, awaited).map((round) =>
      inParallel(
        round.map((one) => {
          const id = String((last += 1));
          for (const part of one.parts) ids.set(part, id);
          return write(one, id);
        }),
      ),
    );
    return inSequence(rounds);
  };
  const root = rootOf(requests.filter(({ section }) => section.id === undefined));
  return {
    root,
    deferred: deferred.map(({ section, bases }) => {
      const own = requests.filter((one) => one.section === section);
      const needed = [...bases, ...own.flatMap(({ after }) => [...after])].filter((one) => one.section !== section);
      const ownRoot = rootOf(own);
      const after = [...new Set(needed.flatMap((one) => ids.get(one) ?? []))];
      return { id: section.id ?? '', within: section.within?.id, after, root: ownRoot };
    }),
  };
}

/** The requests for whose answers some wait. */
function awaitedBy(requests: readonly PlainRequest[]): ReadonlySet<PlainRequest> {
  const awaited = new Set<PlainRequest>();
  for (const { after } of requests) for (const one of after) awaited.add(one);
  return awaited;
}

function inSequence(nodes: readonly PlanNode[]): PlanNode | undefined {
  const [only, ...others] = nodes;
  return only !== undefined && others.length > 0 ? { kind: 'sequence', nodes } : only;
}

function inParallel(nodes: readonly FetchNode[]): PlanNode {
  const [only, ...others] = nodes;
  return only !== undefined && others.length === 0 ? only : { kind: 'parallel', nodes };
}
