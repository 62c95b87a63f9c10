import type { EntityBatch, Path } from '../plan/compiled-plan.ts';
import type { LackingValue } from './collect-by-context.ts';
import { isObject, isOfType, ownValue, type ResultPath } from './places.ts';
import { representerOf } from './representer.ts';
import { namesLacking } from './representations.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';

/**
 * The errors of what objects cannot be asked for because something that it needs has failed: the same errors, at the objects. Where the
 * client asked for what failed, the error stands there, and says nothing of what else is null for it.
 */
export function consequencesOf(
  errors: readonly LocatedError[],
  batch: EntityBatch,
  tree: ResultObject,
): readonly LocatedError[] {
  const { write } = representerOf(batch);
  const lacks = (object: ResultObject): boolean =>
    namesLacking(object, batch.requires).length > 0 && write(object, false) === undefined;
  return errors.flatMap((error) => {
    const places = batch.paths.flatMap((path) => objectOn(path, error.path ?? [], tree) ?? []);
    return places.flatMap(({ object, at }) => (lacks(object) ? [{ ...error, path: at, isConsequence: true }] : []));
  });
}

/** The same for entities that were to have a value from an object above them, which has failed: at the nearest place that contains these. */
export function consequencesAbove(
  errors: readonly LocatedError[],
  lackingValues: readonly LackingValue[],
): readonly LocatedError[] {
  // There may be as many of both as a list has items.
  const depths = new Set(lackingValues.map(({ path }) => path.length));
  const reasons = new Map<string, LocatedError>();
  for (const error of errors)
    for (const depth of depths) {
      const id = JSON.stringify(error.path?.slice(0, depth) ?? []);
      if (!reasons.has(id)) reasons.set(id, error);
    }
  return lackingValues.flatMap(({ path, place }) => {
    const reason = reasons.get(JSON.stringify(path));
    return reason === undefined ? [] : [{ ...reason, path: place, isConsequence: true }];
  });
}

interface ObjectAt {
  readonly object: ResultObject;
  readonly at: ResultPath;
}

/** The object at a path that an error stands below. */
function objectOn(path: Path, errorPath: ResultPath, tree: ResultObject): ObjectAt | undefined {
  let value: unknown = tree;
  let depth = 0;
  for (const segment of path) {
    if (segment.kind === 'items') continue;
    if (!isObject(value)) return undefined;
    if (segment.kind === 'type') {
      if (!isOfType(value, segment.types)) return undefined;
      continue;
    }
    if (errorPath[depth] !== segment.key) return undefined;
    value = ownValue(value, segment.key);
    depth += 1;
    while (Array.isArray(value) && typeof errorPath[depth] === 'number') {
      value = value[Number(errorPath[depth])];
      depth += 1;
    }
  }
  return isObject(value) && depth < errorPath.length ? { object: value, at: errorPath.slice(0, depth) } : undefined;
}
