import type { Path } from '../plan/compiled-plan.ts';
import { generateWalk, type GeneratedWalk } from './generate-walk.ts';
import { afterList, depthOf, isObject, isOfType, ownValue, type Holder } from './places.ts';
import type { ResultObject } from './result-tree.ts';
import type { SharedObjects } from './shared-objects.ts';

/** Told of every object at a path, in the order of the result, and of what it stands in. */
export type Visit = (object: ResultObject, holder: Holder, key: string | number) => void;

/** A path is part of a plan, and lives as long. */
const knownPaths = new WeakMap<Path, KnownPath>();

interface KnownPath {
  walksUntilGenerated: number;
  generated: GeneratedWalk | undefined;
}

/** Making code takes about as long as so many walks. */
const GENERATE_AFTER = 50;

interface Options {
  /** Objects that stand at several places. */
  readonly shared?: SharedObjects | undefined;
  /** After how many walks code is made for the path. */
  readonly generateAfter?: number;
}

/**
 * Visits the objects at a path. Nulls, and what is no object, are passed over; an object that is shared is visited once, however
 * many places it stands at.
 */
export function visitPlaces(
  root: ResultObject,
  path: Path,
  visit: Visit,
  { shared, generateAfter = GENERATE_AFTER }: Options = {},
): void {
  const walk = new Walk(path, visit, shared?.isEmpty === true ? undefined : shared);
  const generated = generatedFor(path, generateAfter);
  if (generated === undefined) walk.descend(root, { root }, 'root', 0);
  else generated(root, walk);
}

function generatedFor(path: Path, generateAfter: number): GeneratedWalk | undefined {
  let known = knownPaths.get(path);
  if (known === undefined) {
    known = { walksUntilGenerated: generateAfter, generated: undefined };
    knownPaths.set(path, known);
  }
  if (known.walksUntilGenerated === 0) known.generated = generateWalk(path);
  known.walksUntilGenerated -= 1;
  return known.generated;
}

/** One walk along a path. */
export class Walk {
  readonly path: Path;
  readonly visit: Visit;
  readonly #shared: SharedObjects | undefined;
  readonly #seen: Set<ResultObject> | undefined;

  constructor(path: Path, visit: Visit, shared: SharedObjects | undefined) {
    this.path = path;
    this.visit = visit;
    this.#shared = shared;
    this.#seen = shared && new Set();
  }

  /** Goes on from a value, which stands at `at` of the path. */
  descend(value: unknown, holder: Holder, key: string | number, at: number): void {
    if (Array.isArray(value)) {
      const next = afterList(this.path, at);
      if (next !== undefined)
        for (let index = 0; index < value.length; index += 1)
          this.descend(value[index], value as unknown as Holder, index, next);
      return;
    }
    if (!isObject(value)) return;
    const segment = this.path[at];
    if (segment?.kind === 'type') {
      if (isOfType(value, segment.types)) this.descend(value, holder, key, at + 1);
      return;
    }
    // A list should stand here.
    if (segment?.kind === 'items' || this.wasSeen(value, depthOf(this.path, at))) return;
    if (segment === undefined) this.visit(value, holder, key);
    else this.descend(ownValue(value, segment.key), value, segment.key, at + 1);
  }

  /** Whether an object that is shared has been met before; from now on it has. So many keys of the path lead to it. */
  wasSeen(object: ResultObject, depth: number): boolean {
    if (this.#shared?.at(depth, object) === undefined) return false;
    if (this.#seen?.has(object) === true) return true;
    this.#seen?.add(object);
    return false;
  }
}
