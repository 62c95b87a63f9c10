import { describe, expect, it } from '@jest/globals';
import { createRandom, randomSeed, type Random } from '../../test/gateway/support/random.ts';
import type { Path, PathSegment } from '../plan/compiled-plan.ts';
import type { ResultObject } from './result-tree.ts';
import { SharedObjects } from './shared-objects.ts';
import { visitPlaces } from './visit-places.ts';
import { items, key, ROWS_OF_PETS, type } from '../../test/gateway/support/result-paths.ts';

const SEED = randomSeed();

interface Place {
  readonly object: unknown;
  readonly holder: unknown;
  readonly key: string | number;
}

/** Without code made for the path, and with it. */
function placesAt(root: ResultObject, path: Path, shared?: SharedObjects): readonly Place[] {
  const placesAfter = (generateAfter: number): readonly Place[] => {
    const places: Place[] = [];
    const visit = (object: unknown, holder: unknown, key: string | number): void =>
      void places.push({ object, holder, key });
    visitPlaces(root, [...path], visit, { shared, generateAfter });
    return places;
  };
  const [walked, generated] = [placesAfter(Infinity), placesAfter(0)];
  expect(generated).toHaveLength(walked.length);
  const isSame = generated.every(
    (one, index) =>
      one.object === walked[index]?.object &&
      one.key === walked[index]?.key &&
      (one.key === 'root' || one.holder === walked[index].holder),
  );
  expect(isSame).toBe(true);
  return walked;
}

function found(path: Path): readonly unknown[] {
  return placesAt(ROWS_OF_PETS, path).map(({ object }) => object);
}

describe('visitPlaces', () => {
  it('goes through lists of lists, past nulls and what is no object', () => {
    expect(found([key('rows'), items, items, key('pet')])).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('enters lists within a list when the path names them once', () => {
    expect(found([key('rows'), items, key('pet')])).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('goes on by type, taking an object that names none for it', () => {
    expect(found([key('rows'), items, items, type('Cat'), key('pet')])).toEqual([{ id: 1 }, { id: 3 }]);
  });

  it('enters no list that the path does not, and nothing that is inherited', () => {
    expect(found([key('rows'), key('pet')])).toEqual([]);
    expect(found([key('constructor')])).toEqual([]);
  });

  it('tells what each object stands in, and under which key', () => {
    expect(placesAt(ROWS_OF_PETS, [key('rows'), items, items])).toEqual([
      { object: ROWS_OF_PETS.rows[0]?.[0], holder: ROWS_OF_PETS.rows[0], key: 0 },
      ...[0, 1, 3].map((at) => ({ object: ROWS_OF_PETS.rows[2]?.[at], holder: ROWS_OF_PETS.rows[2], key: at })),
    ]);
    expect(placesAt(ROWS_OF_PETS, [])).toEqual([{ object: ROWS_OF_PETS, holder: { root: ROWS_OF_PETS }, key: 'root' }]);
  });

  it('visits an object that is shared once', () => {
    const pet = { id: 1, owner: { id: 2 } };
    const tree = { rows: [{ pet }, { pet }, { pet: { id: 1, owner: { id: 3 } } }] };
    const shared = new SharedObjects();
    shared.add(pet, 2);

    expect(placesAt(tree, [key('rows'), items, key('pet')], shared)).toHaveLength(2);
    expect(placesAt(tree, [key('rows'), items, key('pet'), key('owner')], shared)).toHaveLength(2);
    expect(placesAt(tree, [key('rows'), items, key('pet')])).toHaveLength(3);
  });

  it(`visits the same with code made for the path: random trees and paths (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    let visited = 0;
    for (let turn = 0; turn < 3_000; turn += 1) {
      const objects: ResultObject[] = [];
      const tree = randomObject(random, objects);
      const shared = new SharedObjects();
      for (const object of objects.filter(() => random.isLikely(0.2)))
        for (let depth = 0; depth <= MAX_KEYS; depth += 1) shared.add(object, depth);
      visited += placesAt(tree, randomPath(random), shared).length;
    }
    expect(visited).toBeGreaterThan(300);
  });
});

const MAX_KEYS = 5;
const KEYS = ['a', 'b', 'constructor', '__proto__'];

function randomPath(random: Random): Path {
  return Array.from({ length: random.below(MAX_KEYS + 1) }, (): PathSegment => {
    const kind = random.below(10);
    if (kind < 4) return items;
    return kind < 5 ? type('A', 'B') : key(KEYS[random.below(random.isLikely(0.9) ? 2 : 4)] ?? 'a');
  });
}

/** Some of the objects stand at several places. */
function randomObject(random: Random, objects: ResultObject[], depth = 0): ResultObject {
  const known = random.isLikely(0.2) ? random.oneOf(objects) : undefined;
  if (known !== undefined) return known;
  const object: ResultObject = {};
  for (const name of ['a', 'b']) object[name] = randomValue(random, objects, depth + 1);
  if (random.isLikely(0.5)) object['__typename'] = random.oneOf(['A', 'B', 'C']);
  objects.push(object);
  return object;
}

function randomValue(random: Random, objects: ResultObject[], depth: number): unknown {
  const kind = depth > 5 ? 0 : random.below(8);
  if (kind === 0) return random.oneOf([null, 'text', 1, undefined]);
  if (kind < 4) return randomObject(random, objects, depth);
  return Array.from({ length: random.below(4) }, () => randomValue(random, objects, depth + 1));
}
