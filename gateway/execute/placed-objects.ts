import type { PlaceStep } from '../deferral.ts';
import { isObject, ownValue, type ResultPath } from './places.ts';
import type { ResultObject } from './result-tree.ts';

/** An object that the client has got. Another one may come to stand in its place, which is shared or its copy: see `merge-entities.ts`. */
export interface PlacedObject {
  /** The client's path to it. */
  readonly path: ResultPath;
  /** The way to it in the tree of what subgraphs answered. */
  readonly treePath: ResultPath;
  /** What the client got of it. */
  readonly answered: unknown;
}

interface Around {
  readonly tree: ResultObject;
  /** The objects of the fragment around it, or the root. */
  readonly from: readonly PlacedObject[];
  /** Names that an object may give which does not know its own type: what becomes of it, the shape of the fragment decides. */
  readonly interfaces: ReadonlySet<string> | undefined;
}

/**
 * Finds the objects that a deferred fragment belongs to. Where the client got null, though subgraphs gave an object, there is none.
 */
export function placedObjects(
  place: readonly PlaceStep[],
  { tree, from, interfaces }: Around,
): readonly PlacedObject[] {
  const found: PlacedObject[] = [];

  function walk(value: unknown, placed: PlacedObject, at: number): void {
    const { path, treePath, answered } = placed;
    if (Array.isArray(value) && Array.isArray(answered)) {
      for (const [index, item] of value.entries())
        walk(item, { path: [...path, index], treePath: [...treePath, index], answered: answered[index] }, at);
      return;
    }
    if (!isObject(value) || !isObject(answered)) return;
    const step = place[at];
    if (step === undefined) found.push(placed);
    else if (step.kind === 'type') {
      const name = value['__typename'];
      if (typeof name !== 'string' || step.types.has(name) || interfaces?.has(name) === true)
        walk(value, placed, at + 1);
    } else {
      const { treeKey, clientKey } = step;
      const below = { path: [...path, clientKey], treePath: [...treePath, treeKey] };
      walk(ownValue(value, treeKey), { ...below, answered: ownValue(answered, clientKey) }, at + 1);
    }
  }

  for (const one of from) walk(valueAt(tree, one), one, 0);
  return found;
}

/** What stands in an object's place now. */
export function valueAt(tree: ResultObject, { treePath }: PlacedObject): unknown {
  let value: unknown = tree;
  for (const key of treePath) {
    if (typeof key === 'number') value = Array.isArray(value) ? (value[key] as unknown) : undefined;
    else value = isObject(value) ? ownValue(value, key) : undefined;
  }
  return value;
}
