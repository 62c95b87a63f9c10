import { beforeAll, describe, expect, it } from '@jest/globals';
import { getVariableValues, Kind, parse, type GraphQLSchema } from 'graphql';
import { PLANNERS } from '../../gateway/config/settings.ts';
import { fieldsOfHiddenTypes } from '../../gateway/plan/fields-of-hidden-types.ts';
import { createPlanMaker } from '../../gateway/plan/plan-maker.ts';
import type { OperationPlanner } from '../../gateway/plan/planner.ts';
import { loadSupergraph } from '../../gateway/supergraph/load-supergraph.ts';
import { supergraphOf } from '../gateway/support/start-gateway.ts';
import { CASES } from './cases.ts';
import { printPlan } from './support/print-plan.ts';
import { typeDefsOf } from './support/serve-case.ts';

describe.each(CASES)('$rule', ({ subgraphs, exchanges }) => {
  const { sdl, apiSchema, annotatedSchema } = loadSupergraph(
    supergraphOf(
      Object.entries(subgraphs).map(([name, subgraph]) => ({
        name,
        url: `http://${name}.example/`,
        typeDefs: typeDefsOf(subgraph),
      })),
    ),
  );
  const hidden = fieldsOfHiddenTypes(apiSchema, annotatedSchema);

  describe.each(PLANNERS)('planned by %s alone', (planner) => {
    let maker: OperationPlanner;
    beforeAll(async () => {
      maker = await createPlanMaker({ planner, limitMs: 15_000 }, { sdl, fieldsOfHiddenTypes: hidden });
    });

    it.each(exchanges)('$fact', async ({ query, variables, refusedBy }) => {
      const conditions = valuesOf(apiSchema, query, variables);
      const planned = maker.plan({ document: query, operationName: undefined, conditions, percentage: 50 });

      if (refusedBy?.[planner] !== undefined) await expect(planned).rejects.toThrow(NO_PLAN);
      else expect(`${query}\n\n${printPlan(await planned)}`).toMatchSnapshot();
    });
  });
});

/** What our checks say, and what planners do. */
const NO_PLAN = /^(the plan|a plan|Failed to plan query:|Cannot add selection|Was not able to find) /;

function valuesOf(schema: GraphQLSchema, query: string, given: Readonly<Record<string, unknown>> = {}) {
  const definition = parse(query).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  return (getVariableValues(schema, definition?.variableDefinitions ?? [], given).coerced ?? {}) as Record<
    string,
    boolean
  >;
}
