import { expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { answerSize } from './answer-size.ts';

const schema = buildSchema(`
  type Query { doctors(first: Int! = 20): Doctors! doctor: Doctor all: [Doctor!]! }
  type Doctors { total: Int edges: [Edge!]! }
  type Edge { node: Doctor! }
  interface Person { id: ID! }
  type Doctor implements Person { id: ID! languages: [String!]! slots(first: Int! = 3): [Slot!]! }
  type Slot { id: ID! doctor: Doctor! }
`);

function sizeOf(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const { definitions } = parse(text);
  const [definition] = definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (definition === undefined) throw new Error('the text holds no operation');
  const fragments = new Map(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  return answerSize(schema, { definition, fragments, variables }, 10);
}

it.each([
  [2, '{ doctor { id } }'],
  [2, '{ doctor { languages } }'],
  [2, '{ __typename __schema { types { name } } }'],
  [20, '{ all { id } }'],
  [1 + 4 * 2, '{ doctor { slots(first: 4) { id } } }'],
  [1 + 3 * 2, '{ doctor { slots { id } } }'],
  [1, '{ doctor { slots(first: 0) { id } } }'],
  [1, '{ doctor { slots(first: -5) { id } } }'],
  [1 + 1 + 5 * (1 + 2), '{ doctors(first: 5) { total edges { node { id } } } }'],
  [1 + 20 * (1 + 2), '{ doctors { ... on Doctors { edges { node { ... on Person { id } } } } } }'],
  [1 + 20 * (1 + 2), '{ doctors { ...d } } fragment d on Doctors { edges { node { id } } }'],
])('finds at most %d fields in %s', (fields, text) => {
  expect(sizeOf(text)).toBe(fields);
});

it('takes the length of a page from a variable, and from the default where the variable is absent', () => {
  const text = 'query ($n: Int = 7) { doctor { slots(first: $n) { id } } }';

  expect(sizeOf(text, { n: 6 })).toBe(1 + 6 * 2);
  expect(sizeOf(text, {})).toBe(1 + 3 * 2);
});

it('multiplies the pages within pages', () => {
  const levels = 5;
  const text = `{ doctor { ${'slots(first: 20) { doctor { '.repeat(levels)} id ${'} } '.repeat(levels)} } }`;

  expect(sizeOf(text)).toBeGreaterThan(20 ** levels);
});
