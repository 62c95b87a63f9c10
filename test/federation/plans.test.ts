import { describe, expect, it } from '@jest/globals';
import { Kind, parse, type FragmentDefinitionNode } from 'graphql';
import { PLANNERS } from '../../gateway/config/settings.ts';
import type { Operation } from '../../gateway/context.ts';
import { createPlan } from '../../gateway/plan/create-plan.ts';
import { createPlanner } from '../../gateway/plan/create-planner.ts';
import { loadSupergraph } from '../../gateway/supergraph/load-supergraph.ts';
import { supergraphOf } from '../gateway/support/start-gateway.ts';
import { CASES } from './cases.ts';
import { printPlan } from './support/print-plan.ts';
import { typeDefsOf } from './support/serve-case.ts';

describe.each(CASES)('$rule', ({ subgraphs, exchanges }) => {
  const supergraph = loadSupergraph(
    supergraphOf(
      Object.entries(subgraphs).map(([name, subgraph]) => ({
        name,
        url: `http://${name}.example/`,
        typeDefs: typeDefsOf(subgraph),
      })),
    ),
  );

  describe.each(PLANNERS)('planned by %s', (name) => {
    const plan = createPlan(createPlanner(name, supergraph), () => 50);

    it.each(exchanges)('$fact', async ({ query, faults }) => {
      const planned = plan(operationOf(query));

      if (faults?.[name]?.isRefused === true) await expect(planned).rejects.toThrow(/^(the|a) plan /);
      else expect(`${query}\n\n${printPlan(await planned)}`).toMatchSnapshot();
    });
  });
});

function operationOf(query: string): Operation {
  const { definitions } = parse(query);
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return {
    kind: definition.operation,
    name: definition.name?.value,
    definition,
    fragments: new Map(fragments.map((one) => [one.name.value, one])),
    variables: {},
    key: query,
  };
}
