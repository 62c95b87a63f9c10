import { expect, it } from '@jest/globals';
import { buildSchema, Kind, parse, type FieldNode, type FragmentDefinitionNode } from 'graphql';
import { treeKey } from '../lib/tree-key.ts';
import { createClientPath } from './client-path.ts';

const schema = buildSchema(`
  type Query { rows(first: Int): [Row], anything: [Anything], version: Int }
  union Anything = Row | Part
  type Row { size: Int, parts: [Part], name: String, more: Int }
  type Part { size: Int, name: String }
`);
const [definition, ...fragments] = parse(`
  query ($no: Boolean!) {
    rows(first: 1) { a: size ... on Row { b: size } ...F more @include(if: $no) }
    anything { ... on Row { name parts { name } } ... on Part { size } }
  }
  fragment F on Row { parts { c: size } }
`).definitions;
if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');

/** The key of a field as a client writes it. */
function keyOf(text: string): string {
  const [operation] = parse(`{ ${text} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return treeKey(operation.selectionSet.selections[0] as FieldNode);
}
const rows = keyOf('rows(first: 1)');

const tree = { anything: [{ __typename: 'Row', parts: [{}] }, { __typename: 'Part' }, { __typename: 'Secret' }] };
const clientPath = createClientPath(
  {
    schema,
    definition,
    fragments: new Map((fragments as FragmentDefinitionNode[]).map((one) => [one.name.value, one])),
    variables: { no: false },
  },
  tree,
);

it.each([
  ['aliases, within fragments too', [rows, 2, keyOf('b: size')], ['rows', 2, 'b']],
  ['named fragments', [rows, 0, 'parts', 1, keyOf('c: size')], ['rows', 0, 'parts', 1, 'c']],
  ['what only subgraphs asked for', [rows, 0, 'size'], ['rows', 0]],
  ['what only subgraphs asked for, deep within', [rows, 0, '_size_0123_required', 0, 'parts'], ['rows', 0]],
  ['what the client asked for elsewhere', [rows, 0, keyOf('c: size')], ['rows', 0]],
  ['what the client left out', [rows, 0, 'more'], ['rows', 0]],
  ['what the client asked of such an object', ['anything', 0, 'name'], ['anything', 0, 'name']],
  ['what is below it', ['anything', 0, 'parts', 0, 'name'], ['anything', 0, 'parts', 0, 'name']],
  ['what the client asked of objects of another type', ['anything', 1, 'name'], ['anything', 1]],
  ['what the client asked of an object that is not there', ['anything', 7, 'name'], ['anything', 7, 'name']],
  [
    'what the client asked of an object of a type that it does not know',
    ['anything', 2, 'size'],
    ['anything', 2, 'size'],
  ],
  ['what has nothing below it', [rows, 0, keyOf('b: size'), 'size'], ['rows', 0, 'b']],
  ['nothing of the client', ['version'], []],
])('finds the place of the client for a path through %s', (_case, path, expected) => {
  expect(clientPath(path)).toEqual(expected);
});
