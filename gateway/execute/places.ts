import type { Path } from '../plan/compiled-plan.ts';
import type { ResultObject } from './result-tree.ts';

/** What an object of the result stands in, and under which key or index. */
export type Holder = Record<string | number, unknown>;

export type ResultPath = readonly (string | number)[];

/** Where a path goes on within a list; undefined where it does not enter it. One planner names lists within lists once, another each. */
export function afterList(path: Path, at: number): number | undefined {
  if (path[at]?.kind === 'items') return at + 1;
  return path[at - 1]?.kind === 'items' ? at : undefined;
}

/** How many keys a path has before a segment, or altogether. */
export function depthOf(path: Path, end = path.length): number {
  let depth = 0;
  for (let at = 0; at < end; at += 1) if (path[at]?.kind === 'key') depth += 1;
  return depth;
}

/**
 * Visits the objects at a path together with where they stand in the result: one that is shared, at every place. Slower than
 * `visitPlaces`: for errors alone.
 */
export function visitLocatedPlaces(
  root: unknown,
  path: Path,
  visit: (object: ResultObject, at: ResultPath) => void,
): void {
  const walk = (value: unknown, index: number, at: ResultPath): void => {
    if (Array.isArray(value)) {
      const next = afterList(path, index);
      if (next !== undefined) value.forEach((item, itemIndex) => walk(item, next, [...at, itemIndex]));
    } else if (isObject(value)) {
      const segment = path[index];
      if (segment === undefined) visit(value, at);
      else if (segment.kind === 'key') walk(ownValue(value, segment.key), index + 1, [...at, segment.key]);
      else if (segment.kind === 'type' && isOfType(value, segment.types)) walk(value, index + 1, at);
    }
  };
  walk(root, 0, []);
}

/** The nearest single place that contains all the places of a path: where it enters the first list, or its end. */
export function commonPlace(path: Path): ResultPath {
  const firstList = path.findIndex(({ kind }) => kind === 'items');
  const single = firstList === -1 ? path : path.slice(0, firstList);
  return single.flatMap((segment) => (segment.kind === 'key' ? [segment.key] : []));
}

/** Whether a value is an object of a subgraph's answer. */
export function isObject(value: unknown): value is ResultObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object says that it is of one of the types; one that does not say is taken for it. */
export function isOfType(object: ResultObject, types: ReadonlySet<string>): boolean {
  const name = object['__typename'];
  return typeof name !== 'string' || types.has(name);
}

/** The value of a key, `undefined` where the object lacks it: what stands on the prototype is no data. */
export function ownValue(object: ResultObject, key: string): unknown {
  const value = object[key];
  // What stands there is a function, or what `__proto__` gives; nothing that was read from JSON is a function.
  if (typeof value !== 'function' && key !== '__proto__') return value;
  return Object.hasOwn(object, key) ? value : undefined;
}
