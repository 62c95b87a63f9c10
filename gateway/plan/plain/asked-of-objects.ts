import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';

/** A field of a selection, and the object types of which it is asked there. */
export interface AskedOfObjects {
  readonly field: FieldNode;
  readonly objects: ReadonlySet<string>;
}

interface About {
  readonly objectTypes: ObjectTypes;
  readonly fragments: PlannedOperation['fragments'];
  /** Told of each selection that is looked at: it may refuse. */
  readonly count: () => void;
}

/** Lists the fields of selections as they stand, those in fragments included, each with the objects that it is asked of. */
export function askedOfObjects(
  selections: readonly SelectionNode[],
  objects: ReadonlySet<string>,
  about: About,
): readonly AskedOfObjects[] {
  return selections.flatMap((one): readonly AskedOfObjects[] => {
    about.count();
    if (one.kind === Kind.FIELD) return [{ field: one, objects }];
    const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : about.fragments.get(one.name.value);
    if (fragment === undefined) return [];
    const condition = fragment.typeCondition?.name.value;
    const possible = condition === undefined ? undefined : about.objectTypes(condition);
    const meant = possible === undefined ? objects : new Set([...objects].filter((object) => possible.has(object)));
    return meant.size === 0 ? [] : askedOfObjects(fragment.selectionSet.selections, meant, about);
  });
}
