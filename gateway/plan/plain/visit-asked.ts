import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';

type Objects = ReadonlySet<string>;

/** Told of a field of a selection, and of the object types of which it is asked there. */
type Visit = (field: FieldNode, objects: Objects) => void;

interface About {
  readonly objectTypes: ObjectTypes;
  readonly fragments: PlannedOperation['fragments'];
  /** Told of each selection that is looked at: it may refuse. */
  readonly count: () => void;
}

/** Makes what visits the fields of selections as they stand, those in fragments included, each with the objects that it is asked of. */
export function createVisitAsked({ objectTypes, fragments, count }: About) {
  return function visitAsked(selections: readonly SelectionNode[], objects: Objects, visit: Visit): void {
    for (const one of selections) {
      count();
      if (one.kind === Kind.FIELD) {
        visit(one, objects);
        continue;
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
      if (fragment === undefined) continue;
      const meant = narrowed(objects, fragment.typeCondition?.name.value);
      if (meant.size > 0) visitAsked(fragment.selectionSet.selections, meant, visit);
    }
  };

  function narrowed(objects: Objects, condition: string | undefined): Objects {
    if (condition === undefined) return objects;
    const possible = objectTypes(condition);
    const meant = [...objects].filter((object) => possible.has(object));
    return meant.length === objects.size ? objects : new Set(meant);
  }
}
