import { describe, expect, it } from '@jest/globals';
import { Kind, parse, type FieldNode } from 'graphql';
import { treeKey } from './tree-key.ts';

function field(text: string): FieldNode {
  const [operation] = parse(`{ ${text} }`).definitions;
  const [selection] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  if (selection?.kind !== Kind.FIELD) throw new Error('not a field');
  return selection;
}

describe('treeKey', () => {
  it('leaves a field without alias and arguments its name', () => {
    expect(treeKey(field('weight'))).toBe('weight');
    expect(treeKey(field('weight: weight'))).toBe('weight');
  });

  it('never lets an alias or arguments stand under a plain name', () => {
    for (const text of ['weight: parts', 'weight(unit: GRAM)', 'weight: weight(unit: GRAM)', '__typename: name']) {
      expect(['weight', '__typename', 'parts', 'name']).not.toContain(treeKey(field(text)));
    }
  });

  it('tells apart whatever differs in alias, field or arguments, and nothing else', () => {
    const keys = ['a: b', 'b: a', 'a: c', 'a(x: 1)', 'a(x: 2)', 'a(x: "1")', 'a(x: $x)', 'a(y: 1)']
      .map(field)
      .map(treeKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(treeKey(field('a(x: 1) @skip(if: true) { b }'))).toBe(treeKey(field('a(x: 1) { c }')));
  });

  it('does not mind the order of arguments and of the fields of input objects', () => {
    expect(treeKey(field('a(x: { p: 1, q: [{ r: 1, s: 2 }] }, y: 2)'))).toBe(
      treeKey(field('a(y: 2, x: { q: [{ s: 2, r: 1 }], p: 1 })')),
    );
    expect(treeKey(field('a(x: [1, 2])'))).not.toBe(treeKey(field('a(x: [2, 1])')));
  });

  it('is a name that GraphQL takes', () => {
    expect(treeKey(field('__proto__: constructor(a: "\\u0000")'))).toMatch(/^[_A-Za-z][_0-9A-Za-z]*$/);
  });

  it('asks for the type under its one name, whatever the alias', () => {
    expect(treeKey(field('kind: __typename'))).toBe('__typename');
  });
});
