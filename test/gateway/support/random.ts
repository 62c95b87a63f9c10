/** Numbers that look random and come again from the same seed, so that what fails can be repeated. */
export interface Random {
  /** An integer from 0 up to, and without, the limit. */
  readonly below: (limit: number) => number;
  readonly isLikely: (probability: number) => boolean;
  /** Undefined when there is none. */
  readonly oneOf: <Item>(items: readonly Item[]) => Item | undefined;
}

/** The seed of random tests: 1, or what `RANDOM_SEED` says, a number or `now`. Who changes nothing sees no other test fail than those before. */
export function randomSeed(): number {
  const given = process.env['RANDOM_SEED'] ?? '1';
  return given === 'now' ? Date.now() % 1_000_000_000 : Number(given);
}

/** Builds the generator "mulberry32" (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    isLikely: (probability) => next() < probability,
    oneOf: (items) => items[below(items.length)],
  };
}
