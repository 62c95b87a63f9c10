import { describe, expect, it } from '@jest/globals';
import type { Path } from '../plan/compiled-plan.ts';
import { commonPlace, visitLocatedPlaces, type ResultPath } from './places.ts';
import { visitPlaces } from './visit-places.ts';
import { items, key, ROWS_OF_PETS, type } from '../../test/gateway/support/result-paths.ts';

const found = (path: Path): unknown[] => {
  const objects: unknown[] = [];
  visitPlaces(ROWS_OF_PETS, path, (object) => void objects.push(object));
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
      visitLocatedPlaces(ROWS_OF_PETS, path, (object, at) => void visited.push([object, at]));

      expect(visited.map(([object]) => object)).toEqual(found(path));
      for (const [object, at] of visited)
        expect(at.reduce((value, one) => (value as Record<string | number, unknown>)[one] as never, ROWS_OF_PETS)).toBe(
          object,
        );
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
