import { beforeAll, describe, expect, it } from '@jest/globals';
import { Kind, parse, print, type FragmentDefinitionNode, type GraphQLSchema } from 'graphql';
import { deferFragments } from '../../gateway/operation/defer-fragments.ts';
import { createPlanMaker } from '../../gateway/plan/plan-maker.ts';
import type { OperationPlanner } from '../../gateway/plan/planner.ts';
import { loadSupergraph } from '../../gateway/supergraph/load-supergraph.ts';
import { supergraphOf } from '../gateway/support/start-gateway.ts';
import { printPlan } from './support/print-plan.ts';
import { typeDefsOf } from './support/serve-case.ts';

const SUBGRAPHS = {
  people: `
    type Query { me: Person hits: [Hit!]! version: Int }
    type Mutation { rename(name: String!): Person }
    type Person @key(fields: "id") { id: ID! name(style: String): String home: Home friend: Person }
    type Home { city: String }
    type Place @key(fields: "id") { id: ID! label: String }
    union Hit = Person | Place
  `,
  scores: `
    type Person @key(fields: "id") { id: ID! name(style: String): String @external score: Int rival: Person
      greeting: String @requires(fields: "name(style: \\"SHORT\\")") }
  `,
  media: `
    interface Media @key(fields: "id") { id: ID! }
    type Film implements Media @key(fields: "id") @key(fields: "number") { id: ID! number: Int }
  `,
  ratings: `
    type Query { topRated: [Media] }
    type Media @key(fields: "id") @interfaceObject { id: ID! }
  `,
  loans: `type Film @key(fields: "number") { number: Int shelf: String }`,
};

describe.each(['apollo', 'plain'] as const)('a plan by %s with what is deferred', (planner) => {
  let apiSchema: GraphQLSchema;
  let maker: OperationPlanner;

  beforeAll(async () => {
    const subgraphs = Object.entries(SUBGRAPHS).map(([name, sdl]) => {
      return { name, url: `http://${name}.example/`, typeDefs: typeDefsOf({ sdl }) };
    });
    const supergraph = loadSupergraph(supergraphOf(subgraphs));
    ({ apiSchema } = supergraph);
    const { sdl } = supergraph;
    maker = await createPlanMaker({ planner, limitMs: 15_000 }, { sdl, fieldsOfHiddenTypes: new Set() });
  });

  it.each([
    ['from another subgraph', '{ me { id ... @defer { score } } }'],
    ['from the same subgraph, looked up by key', '{ me { id ... @defer { name home { city } } } }'],
    ['at the root', '{ version ...F @defer } fragment F on Query { me { name } }'],
    ['within what is deferred', '{ me { ... @defer { friend { id ... @defer { score } } } } }'],
    ['of some types', '{ hits { ... on Person @defer { score } ... on Place { ... @defer { label } } } }'],
    ['of what one knows by its interface alone', '{ topRated { ... on Film @defer { shelf ordinal: number } } }'],
    ['of what cannot be looked up', '{ me { home { ... @defer { city } } } }'],
    ['with what it requires', '{ me { name(style: "LONG") ... @defer { greeting } } }'],
    [
      'of two fields of a mutation',
      'mutation { a: rename(name: "a") { ...F @defer } b: rename(name: "b") { id } } fragment F on Person { score }',
    ],
  ])('has it %s', async (_case, query) => {
    const deferred = deferFragments(apiSchema, { ...definitionsOf(query), variables: {} });
    if (deferred === undefined) throw new Error('nothing is deferred');

    const plan = await maker.plan({
      ...{ document: print(deferred.planned), operationName: undefined, conditions: {}, percentage: 0 },
      defers: true,
    });

    expect(`${query}\n\n${printPlan(plan)}`).toMatchSnapshot();
  });
});

function definitionsOf(query: string) {
  const { definitions } = parse(query);
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return { definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) };
}
