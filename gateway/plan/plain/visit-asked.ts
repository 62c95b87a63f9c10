import { Kind, type FieldNode, type SelectionNode } from 'graphql';
import { DEFER_DIRECTIVE } from '../../lib/defer-directive.ts';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';

type Objects = ReadonlySet<string>;

/** Told of what stands in a selection, and of the object types of which it is asked there. */
interface Visitor {
  readonly field: (field: FieldNode, objects: Objects) => void;
  /** A deferred fragment, which is not looked into. */
  readonly deferred: (id: string, selections: readonly SelectionNode[], objects: Objects) => void;
}

interface About {
  readonly objectTypes: ObjectTypes;
  readonly fragments: PlannedOperation['fragments'];
  /** Told of each selection that is looked at: it may refuse. */
  readonly count: () => void;
}

/** Makes what visits selections as they stand, those in fragments included, each with the objects that it is asked of. */
export function createVisitAsked({ objectTypes, fragments, count }: About) {
  return function visitAsked(selections: readonly SelectionNode[], objects: Objects, visitor: Visitor): void {
    for (const one of selections) {
      count();
      if (one.kind === Kind.FIELD) {
        visitor.field(one, objects);
        continue;
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
      if (fragment === undefined) continue;
      const meant = narrowed(objects, fragment.typeCondition?.name.value);
      if (meant.size === 0) continue;
      const { selections: within } = fragment.selectionSet;
      const id = deferralOf(one);
      if (id === undefined) visitAsked(within, meant, visitor);
      else visitor.deferred(id, within, meant);
    }
  };

  function narrowed(objects: Objects, condition: string | undefined): Objects {
    if (condition === undefined) return objects;
    const possible = objectTypes(condition);
    const meant = [...objects].filter((object) => possible.has(object));
    return meant.length === objects.size ? objects : new Set(meant);
  }
}

/** The id of a deferred fragment: planners are told of it as the label. */
function deferralOf({ directives = [] }: SelectionNode): string | undefined {
  const directive = directives.find(({ name }) => name.value === DEFER_DIRECTIVE.name);
  const value = directive?.arguments?.find(({ name }) => name.value === 'label')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
