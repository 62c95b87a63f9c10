import type { GraphQLSchema } from 'graphql';
import { GatewayError } from '../errors/gateway-error.ts';
import { asPlanned } from './as-planned.ts';
import { fieldsOfAbstractTypes } from './fields-of-abstract-types.ts';
import { NoPlan } from './no-plan.ts';
import { createObjectTypes } from './object-types.ts';
import { deadlineIn } from './plain/budget.ts';
import { createPlainPlanner } from './plain/create-plain-planner.ts';
import { tellsWhoHasTypes } from './plain/subgraph-knowledge.ts';
import { planInSeriesAtOnce } from './plan-in-series.ts';
import type { Planner } from './planner.ts';
import { withoutConditions } from './without-conditions.ts';

/** What can be done in a few milliseconds: other requests wait meanwhile. */
const BUDGET = { looks: 4_000, selections: 2_000 };
const LIMIT_MS = 15;

/**
 * Makes what plans operations at once, with our own planner, in the process that runs them: undefined where it has no plan, or the
 * operation is too large for that; `onTrouble` is told of what should not happen. Undefined where the supergraph is of a version that does
 * not tell enough. `annotatedSchema` is the supergraph.
 */
export function createPlanAtHand(
  annotatedSchema: GraphQLSchema,
  fieldsOfHiddenTypes: ReadonlySet<string>,
  onTrouble: (trouble: GatewayError) => void,
): Planner['planAtHand'] | undefined {
  if (!tellsWhoHasTypes(annotatedSchema)) return undefined;
  const planner = createPlainPlanner(annotatedSchema, createObjectTypes(annotatedSchema));
  const typed = { ofHiddenTypes: fieldsOfHiddenTypes, ofAbstractTypes: fieldsOfAbstractTypes(annotatedSchema) };
  return (operation, { conditions, percentage }) => {
    const budget = { deadline: deadlineIn(LIMIT_MS), ...BUDGET };
    try {
      const asked = withoutConditions(asPlanned(operation, typed), conditions);
      return planInSeriesAtOnce(asked, (one) => planner(one, percentage, budget));
    } catch (cause) {
      // Another planner is asked; if that has none either, it says why.
      if (!(cause instanceof NoPlan))
        onTrouble(new GatewayError('INTERNAL_SERVER_ERROR', 'planning at hand failed', { fault: 'internal', cause }));
      return undefined;
    }
  };
}
