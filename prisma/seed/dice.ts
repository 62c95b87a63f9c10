/** Deterministic choices: the same sequence for the same seed, everywhere. Not for secrets. */
export interface Dice {
  /** A whole number from 0 to `below - 1`. */
  roll(below: number): number;
  /** One of the values. Throws when there is none. */
  pick<Value>(values: readonly Value[]): Value;
}

/** A 32-bit xorshift generator (Marsaglia, 2003). */
export function createDice(seed: number): Dice {
  let state = seed | 0 || 1;
  const roll = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return {
    roll,
    pick(values) {
      const value = values[roll(values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}
