import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';
import type { PlannedOperation } from '../plan-in-series.ts';
import { isProvided, providedBelow } from './provided-fields.ts';
import { needsNothing, type SubgraphField, type SubgraphKnowledge } from './subgraph-knowledge.ts';

/** What stands below a field of a subgraph. */
export interface Below {
  readonly subgraph: string;
  /** What the subgraph calls it; undefined where it does not know it. */
  readonly type: string | undefined;
  /** What the subgraph gives there by `@provides`. */
  readonly provided: SelectionSetNode | undefined;
}

/** Counts the fields of a selection, with all below them, that a subgraph does not give by itself. */
export type CountLacking = (place: Below, selectionSet: SelectionSetNode) => number;

/** Makes what estimates how much others have to be asked for: `count` is told of each selection that is looked at, and may refuse. */
export function createCountLacking(
  { knowledge, objectTypes }: { readonly knowledge: SubgraphKnowledge; readonly objectTypes: ObjectTypes },
  fragments: PlannedOperation['fragments'],
  count: () => void,
): CountLacking {
  /** A subgraph that does not know an object lacks all that is asked of it. */
  function lackedBy(place: Below, { selections }: SelectionSetNode): number {
    let lacking = 0;
    for (const one of selections) {
      count();
      if (one.kind === Kind.FIELD) {
        lacking += lackedOf(place, one);
        continue;
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
      const type = place.type && (fragment?.typeCondition?.name.value ?? place.type);
      if (fragment !== undefined) lacking += lackedBy({ ...place, type }, fragment.selectionSet);
    }
    return lacking;
  }

  function lackedOf(place: Below, asked: FieldNode): number {
    const { name, selectionSet } = asked;
    if (name.value === '__typename') return 0;
    const field = fieldOf(place, name.value);
    const own = field === undefined ? 1 : 0;
    if (selectionSet === undefined) return own;
    const { subgraph, provided } = place;
    const below = { subgraph, type: field?.type, provided: field && providedBelow(field.provides, provided, asked) };
    return own + lackedBy(below, selectionSet);
  }

  function fieldOf({ subgraph, type, provided }: Below, name: string): SubgraphField | undefined {
    const field = type === undefined ? undefined : knowledge.field(subgraph, type, name);
    if (field === undefined || type === undefined || !needsNothing(field)) return undefined;
    const isGiven = !field.isExternal || (provided && isProvided(provided, { object: type, name }, objectTypes));
    return isGiven === true ? field : undefined;
  }

  return lackedBy;
}
