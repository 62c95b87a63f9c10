/** A value in force that another one can take the place of while it is in use. */
export interface Replaceable<Value> {
  /** What is in force now. It may be closed at any time after: for looking at, not for working with. */
  current(): Value;
  /** Works with what is in force now; it is not closed before the work is done, whatever comes into force meanwhile. */
  use<Result>(work: (value: Value) => Promise<Result>): Promise<Result>;
  /** Puts another value into force, in one step. The old one is closed when the last work with it is done, and forgotten. */
  replace(next: Value): void;
  /** Closes what is in force and what is still in use, without waiting for work. */
  close(): Promise<void>;
}

interface Options<Value> {
  readonly first: Value;
  /** Called once for each value. */
  readonly close: (value: Value) => Promise<void>;
  /** Told when a value that was replaced could not be closed. */
  readonly onCloseFailed: (cause: unknown) => void;
}

interface Held<Value> {
  readonly value: Value;
  uses: number;
}

/** Holds a value, counts who works with it, and lets it go when nobody does any more. */
export function createReplaceable<Value>({ first, close, onCloseFailed }: Options<Value>): Replaceable<Value> {
  let inForce: Held<Value> = { value: first, uses: 0 };
  const held = new Set([inForce]);

  const letGo = async (one: Held<Value>): Promise<void> => {
    if (held.delete(one)) await close(one.value);
  };
  const letGoIfUnused = (one: Held<Value>): void => {
    if (one !== inForce && one.uses === 0) letGo(one).catch(onCloseFailed);
  };

  return {
    current: () => inForce.value,
    async use(work) {
      const one = inForce;
      one.uses += 1;
      try {
        return await work(one.value);
      } finally {
        one.uses -= 1;
        letGoIfUnused(one);
      }
    },
    replace(next) {
      const old = inForce;
      inForce = { value: next, uses: 0 };
      held.add(inForce);
      letGoIfUnused(old);
    },
    async close() {
      await Promise.all([...held].map(letGo));
    },
  };
}
