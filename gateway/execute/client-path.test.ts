import { expect, it } from '@jest/globals';
import { Kind, parse, type FieldNode, type FragmentDefinitionNode } from 'graphql';
import { treeKey } from '../lib/tree-key.ts';
import { createClientPath } from './client-path.ts';

const { definitions } = parse(`
  { rows(first: 1) { a: size ... on Row { b: size } ...F } }
  fragment F on Row { parts { c: size } ...F }
`);
const [definition, ...fragments] = definitions;
if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
const clientPath = createClientPath({
  definition,
  fragments: new Map((fragments as FragmentDefinitionNode[]).map((one) => [one.name.value, one])),
});

/** The key of a field as a client writes it. */
function keyOf(text: string): string {
  const [operation] = parse(`{ ${text} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return treeKey(operation.selectionSet.selections[0] as FieldNode);
}
const rows = keyOf('rows(first: 1)');

it.each([
  ['aliases, within fragments too', [rows, 2, keyOf('b: size')], ['rows', 2, 'b']],
  ['named fragments', [rows, 0, 'parts', 1, keyOf('c: size')], ['rows', 0, 'parts', 1, 'c']],
  ['what only subgraphs asked for', [rows, 0, 'size'], ['rows', 0]],
  ['what only subgraphs asked for, deep within', [rows, 0, '_size_0123_required', 0, 'parts'], ['rows', 0]],
  ['what the client asked for elsewhere', [rows, 0, keyOf('c: size')], ['rows', 0]],
  ['nothing of the client', ['version'], []],
])('finds the place of the client for a path through %s', (_case, path, expected) => {
  expect(clientPath(path)).toEqual(expected);
});
