import { IRRECONCILABLE } from './irreconcilable.ts';
import { isObject, type ResultPath } from './places.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';

const MAX_ERRORS = 100;

/** One error for each place of the tree at which subgraphs gave what cannot be one value; at most 100. */
export function irreconcilableErrors(tree: ResultObject): readonly LocatedError[] {
  const errors: LocatedError[] = [];
  /** Objects may stand at many places: those without anything of the kind are looked at once. */
  const sound = new Set<unknown>();

  function search(value: unknown, path: ResultPath): void {
    if (errors.length >= MAX_ERRORS || sound.has(value)) return;
    const errorsBefore = errors.length;
    if (value === IRRECONCILABLE) errors.push(errorAt(path));
    else if (Array.isArray(value)) value.forEach((item, index) => search(item, [...path, index]));
    else if (isObject(value)) for (const [key, below] of Object.entries(value)) search(below, [...path, key]);
    else return;
    if (errors.length === errorsBefore) sound.add(value);
  }

  search(tree, []);
  return errors;
}

function errorAt(path: ResultPath): LocatedError {
  const message = 'Subgraphs gave this value in shapes that cannot be one.';
  return { message, path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } };
}
