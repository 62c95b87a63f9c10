import { describe, expect, it } from '@jest/globals';
import { Kind, parse, print, type FragmentDefinitionNode } from 'graphql';
import type { Operation } from '../context.ts';
import { splitMutation } from './split-mutation.ts';

function operationOf(text: string): Operation {
  const { definitions } = parse(text);
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return {
    kind: 'mutation',
    name: definition.name?.value,
    definition,
    fragments: new Map(fragments.map((one) => [one.name.value, one])),
    variables: {},
    key: text,
  };
}

const split = (text: string): string[] =>
  splitMutation(operationOf(text)).map((one) => print(one).replaceAll(/\s+/g, ' '));

describe('splitMutation', () => {
  it('makes an operation of each response key, in the order of the request', () => {
    expect(split('mutation M($n: Int) { b(n: $n) { x } a: b { y } b(n: $n) { z } }')).toEqual([
      'mutation M($n: Int) { b(n: $n) { x } b(n: $n) { z } }',
      'mutation M($n: Int) { a: b { y } }',
    ]);
  });

  it('keeps every field under the conditions of all the fragments around it', () => {
    const text = `
      mutation { ...F @include(if: $a) ... @skip(if: $b) { two ... on Mutation { three @skip(if: $c) } } }
      fragment F on Mutation { one ... @include(if: $d) { two } }
    `;

    expect(split(text)).toEqual([
      'mutation { ... on Mutation @include(if: $a) { one } }',
      'mutation { ... on Mutation @include(if: $a) { ... @include(if: $d) { two } } ... @skip(if: $b) { two } }',
      'mutation { ... @skip(if: $b) { ... on Mutation { three @skip(if: $c) } } }',
    ]);
  });
});
