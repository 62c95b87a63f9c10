import type { GraphQLSchema } from 'graphql';
import { remembered } from '../../lib/remembered.ts';
import type { CompiledPlan, FetchNode, PlanNode } from '../compiled-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { overrideLabels, percentageOf } from '../override-percentages.ts';
import type { PlannedOperation } from '../plan-in-series.ts';
import { createSentTogether } from './field-sets.ts';
import { joinRequests } from './join-requests.ts';
import { plainRequests } from './make-plain-plan.ts';
import { createRoutes } from './routes.ts';
import { createSubgraphKnowledge, type SubgraphKnowledge } from './subgraph-knowledge.ts';
import { createRequestWriting } from './write-requests.ts';

/** What may still be done for an operation: it is counted down, and what takes more is given up. */
export interface PlainBudget {
  /** How many selections may be looked at. */
  looks: number;
  /** How many selections the subgraphs may be asked for. */
  selections: number;
}

/** Plans an operation under tree keys, without conditions; throws where it has no plan, or takes more than it may. */
export type PlainPlanner = (operation: PlannedOperation, percentage: number, budget: PlainBudget) => CompiledPlan;

/**
 * Makes a planner that asks for one thing after the other: each field of whoever has it, each object by its type. It knows no contexts
 * and no `@defer`. `schema` is the supergraph, of which it remembers what it has looked up.
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
    const requests = plainRequests({ knowledge, routes, objectTypes, operation, budget });
    const write = createRequestWriting({ operation: operation.definition, knowledge, sentTogether, budget });
    const rounds = joinRequests(requests).map((round) => inParallel(round.map(write)));
    const [only, ...others] = rounds;
    return { root: only !== undefined && others.length > 0 ? { kind: 'sequence', nodes: rounds } : only };
  };
}

function inParallel(nodes: readonly FetchNode[]): PlanNode {
  const [only, ...others] = nodes;
  return only !== undefined && others.length === 0 ? only : { kind: 'parallel', nodes };
}
