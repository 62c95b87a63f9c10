import { describe, expect, it } from '@jest/globals';
import type { Path, PathSegment } from '../plan/compiled-plan.ts';
import { commonPlace, visitLocatedPlaces, type ResultPath } from './places.ts';
import { visitPlaces } from './visit-places.ts';

const items: PathSegment = { kind: 'items' };
const key = (name: string): PathSegment => ({ kind: 'key', key: name });
const type = (...names: string[]): PathSegment => ({ kind: 'type', types: new Set(names) });

const TREE = {
  rows: [
    [{ __typename: 'Cat', pet: { id: 1 } }, null],
    null,
    [{ __typename: 'Dog', pet: { id: 2 } }, { pet: { id: 3 } }, 'odd', { __typename: 'Cat', pet: null }],
  ],
};

const found = (path: Path): unknown[] => {
  const objects: unknown[] = [];
  visitPlaces(TREE, path, (object) => void objects.push(object));
  return objects;
};

describe('visitLocatedPlaces', () => {
  it('visits the same objects in the same order, and tells where they stand', () => {
    const paths = [
      [key('rows'), items, key('pet')],
      [key('rows'), items, items, key('pet')],
      [key('rows'), items, items, type('Cat'), key('pet')],
      [],
    ];
    for (const path of paths) {
      const visited: [unknown, ResultPath][] = [];
      visitLocatedPlaces(TREE, path, (object, at) => void visited.push([object, at]));

      expect(visited.map(([object]) => object)).toEqual(found(path));
      for (const [object, at] of visited)
        expect(at.reduce((value, one) => (value as Record<string | number, unknown>)[one] as never, TREE)).toBe(object);
    }
  });
});

describe('commonPlace', () => {
  it('ends before the first list', () => {
    expect(commonPlace([key('a'), type('T'), key('b'), items, key('c')])).toEqual(['a', 'b']);
    expect(commonPlace([key('a'), key('b')])).toEqual(['a', 'b']);
    expect(commonPlace([])).toEqual([]);
  });
});
