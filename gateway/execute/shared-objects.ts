import type { ResultObject } from './result-tree.ts';

/** An object that stands at many places, and where it has been written: what it looks like to the client is written once, too. */
export interface SharedObject {
  /** The writing, the fields as the projection worked them out, and the place. */
  writtenTo: unknown;
  writtenFor: unknown;
  start: number;
  end: number;
}

/** Depths from here on are one. */
const DEEP = 31;

/** Objects of the tree that stand at many places of it: an entity that was met more than once, and looked up once. */
export class SharedObjects {
  readonly #objects = new Map<Readonly<ResultObject>, SharedObject>();
  /** A bit for each depth. */
  #depths = 0;

  get isEmpty(): boolean {
    return this.#depths === 0;
  }

  /** Adds an object, if it is not there. Every way to it from the root of the tree has `depth` keys; indexes of lists do not count. */
  add(object: Readonly<ResultObject>, depth: number): void {
    this.#depths |= bitOf(depth);
    if (!this.#objects.has(object))
      this.#objects.set(object, { writtenTo: undefined, writtenFor: undefined, start: 0, end: 0 });
  }

  has(object: Readonly<ResultObject>): boolean {
    return this.#objects.has(object);
  }

  /** What is known of an object at a depth. Most depths have no such object, and need no look at it. */
  at(depth: number, object: Readonly<ResultObject>): SharedObject | undefined {
    return (this.#depths & bitOf(depth)) === 0 ? undefined : this.#objects.get(object);
  }

  all(): readonly Readonly<ResultObject>[] {
    return [...this.#objects.keys()];
  }
}

function bitOf(depth: number): number {
  return 1 << Math.min(depth, DEEP);
}
