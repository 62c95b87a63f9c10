import { parse, type GraphQLSchema } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import { definitionsOf } from '../parse-once.ts';
import type { PlannerAdapter } from '../planner.ts';
import { createPlainPlanner } from './create-plain-planner.ts';

/** In a process of its own it may take longer than where others wait meanwhile. */
const BUDGET = { looks: 20_000, selections: 5_000, deadline: undefined };

/** Makes of our planner one that stands beside the others, for what is too large to be planned at hand. `schema` is the supergraph. */
export function createPlainAdapter(schema: GraphQLSchema, objectTypes: ObjectTypes): PlannerAdapter {
  const plan = createPlainPlanner(schema, objectTypes);
  return {
    plan: async ({ document, percentage }) => {
      const { operation: definition, fragments } = definitionsOf(parse(document, { noLocation: true }));
      return plan({ definition, fragments }, percentage, { ...BUDGET });
    },
  };
}
