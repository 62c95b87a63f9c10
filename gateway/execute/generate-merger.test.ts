import { describe, expect, it } from '@jest/globals';
import { createRandom, randomSeed, type Random } from '../../test/gateway/support/random.ts';
import { createMerger, generateMerger } from './generate-merger.ts';
import { IRRECONCILABLE } from './irreconcilable.ts';
import { copyOf, merge, type MergeRules } from './merge.ts';
import type { ResultObject } from './result-tree.ts';

const SEED = randomSeed();
const KEYS = ['__typename', 'id', 'owner', 'items', '_1', 'rules', 'target'];

function randomValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 2 ? 3 : 6)) {
    case 0:
      return null;
    case 1:
      return random.below(3);
    case 2:
      return ['a', 'Book', 'Media'][random.below(3)];
    case 3:
      return Array.from({ length: random.below(3) }, () => randomValue(random, depth + 1));
    default:
      return randomObject(random, depth + 1);
  }
}

function randomObject(random: Random, depth = 0): ResultObject {
  const keys = KEYS.filter(() => random.below(2) === 0);
  return Object.fromEntries(
    keys.map((key) => [
      key,
      key === '__typename' ? (['Book', 'Media', 'Film'][random.below(3)] ?? '') : randomValue(random, depth),
    ]),
  );
}

describe('a generated merger', () => {
  it(`merges what merge merges, in the same order of keys, or does nothing: random objects (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const seen = { merged: 0, left: 0, conflicts: 0 };
    for (let turn = 0; turn < 3_000; turn += 1) {
      const [target, source] = [randomObject(random), randomObject(random)];
      const known = random.below(4) === 0 ? Object.keys(randomObject(random)) : Object.keys(source);
      const isCopied = random.below(2) === 0;
      const interfaces = new Set(random.below(2) === 0 ? ['Media'] : []);
      const [expected, rules] = [structuredClone(target), { interfaces } as MergeRules];
      const expectedRules: MergeRules = { interfaces };
      const before = JSON.stringify([target, source]);

      const isMerged = generateMerger(known)?.(target, source, rules, isCopied);

      const isKnown = known.length === Object.keys(source).length && known.every((key) => key in source);
      expect(isMerged).toBe(isKnown);
      if (!isKnown) {
        expect(JSON.stringify([target, source])).toBe(before);
        seen.left += 1;
        continue;
      }
      if (isCopied) {
        expect(JSON.stringify(source)).toBe(JSON.stringify((JSON.parse(before) as unknown[])[1]));
        scribble(source);
      }
      merge(expected, (JSON.parse(before) as [unknown, ResultObject])[1], expectedRules);
      expect(target).toEqual(expected);
      expect(textOf(target)).toBe(textOf(expected));
      expect(rules).toEqual(expectedRules);
      seen.merged += 1;
      seen.conflicts += rules.conflicts ?? 0;
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  it.each(['constructor', '__proto__', 'a"b', 'a-b', ''])('is made of names alone: not for %j', (key) => {
    expect(generateMerger(['id', key])).toBeUndefined();
  });
});

/** In the order of the keys. */
function textOf(object: ResultObject): string {
  return JSON.stringify(object, (_, value: unknown) => (value === IRRECONCILABLE ? 'irreconcilable' : value));
}

/** Whatever shares a part with it is changed, too. */
function scribble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) scribble(part);
  if (Array.isArray(value)) value.push('scribbled');
  else Object.assign(value, { scribbled: true });
}

describe('createMerger', () => {
  it('merges whatever comes, before code has been made and after', () => {
    const merger = createMerger(2);
    const sources = [{ a: 1 }, { a: { b: 1 } }, { a: 2 }, { a: 3 }, { a: [1], c: null }, { c: 4 }, {}, { a: 5 }];
    const kinds = [false, true];

    for (const source of sources)
      for (const isCopied of kinds) {
        const [target, expected]: ResultObject[] = [{ a: 0 }, { a: 0 }];
        merger(target ?? {}, structuredClone(source), {}, isCopied);
        merge(expected ?? {}, copyOf(source), {});
        expect(target).toEqual(expected);
      }
  });
});
