import { expect, it } from '@jest/globals';
import type { FetchNode } from '../plan/compiled-plan.ts';
import { withAskedKeys } from './asked-keys.ts';

const KEYS = ['a', 'b', 'c'];
const requestOf = (document: string): FetchNode => ({
  kind: 'fetch',
  subgraph: 'one',
  operation: 'query',
  document,
  operationName: undefined,
  variables: [],
  target: { kind: 'root', path: [], keys: KEYS, outputRewrites: [] },
});

it.each([
  ['{ a b c }', KEYS],
  ['query ($yes: Boolean!) { a @skip(if: $yes) b: x @include(if: $yes) c @skip(if: true) }', ['b']],
  ['query ($yes: Boolean!) { a ... on Query @skip(if: $yes) { b c } }', ['a']],
  ['query ($no: Boolean!) { a @include(if: $no) ... on Query { b @skip(if: $no) a c @include(if: $no) } }', ['a', 'b']],
])('leaves of the keys of %s those that are asked for with the variables: %j', (document, keys) => {
  const { target } = withAskedKeys(requestOf(document), { yes: true, no: false });

  expect(target.kind === 'root' && target.keys).toEqual(keys);
});
