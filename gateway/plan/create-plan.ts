import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { Kind } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../context.ts';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.ts';

const MAX_PLANS = 2_000;

/**
 * Builds the planning step on Apollo's planner. Plans are remembered by the operation alone: the values of variables, `@skip`
 * and `@include` among them, are looked at when the plan runs.
 */
export function createPlan({ federation }: LoadedSupergraph): (operation: Operation) => Promise<QueryPlan> {
  const planner = new QueryPlanner(federation.supergraph);
  const plans = new LRUCache<string, QueryPlan>({ max: MAX_PLANS });

  return async ({ key, definition, fragments }) => {
    const remembered = plans.get(key);
    if (remembered !== undefined) return remembered;
    const operation = operationFromDocument(
      federation.apiSchema,
      { kind: Kind.DOCUMENT, definitions: [definition, ...fragments.values()] },
      // Validated by the step before, against the same schema.
      { validate: false },
    );
    const plan = planner.buildQueryPlan(operation);
    plans.set(key, plan);
    return plan;
  };
}
