import { Kind, type FieldNode, type SelectionSetNode } from 'graphql';
import type { PlannedOperation } from '../plan-in-series.ts';
import type { SubgraphKnowledge } from './subgraph-knowledge.ts';

/** Counts the fields of a selection, with all below them, that a subgraph does not give by itself of what it calls `type`. */
export type CountLacking = (subgraph: string, type: string, selectionSet: SelectionSetNode) => number;

/** Makes what estimates how much others have to be asked for: `count` is told of each selection that is looked at, and may refuse. */
export function createCountLacking(
  knowledge: SubgraphKnowledge,
  fragments: PlannedOperation['fragments'],
  count: () => void,
): CountLacking {
  /** A subgraph that does not know an object lacks all that is asked of it. */
  function lackedBy(subgraph: string, type: string | undefined, { selections }: SelectionSetNode): number {
    let lacking = 0;
    for (const one of selections) {
      count();
      if (one.kind === Kind.FIELD) {
        lacking += lackedOf(subgraph, type, one);
        continue;
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
      const within = type && (fragment?.typeCondition?.name.value ?? type);
      if (fragment !== undefined) lacking += lackedBy(subgraph, within, fragment.selectionSet);
    }
    return lacking;
  }

  function lackedOf(subgraph: string, type: string | undefined, { name, selectionSet }: FieldNode): number {
    if (name.value === '__typename') return 0;
    const field = type === undefined ? undefined : knowledge.field(subgraph, type, name.value);
    const isHad = field !== undefined && !field.isExternal && field.requires === undefined;
    const below = selectionSet === undefined ? 0 : lackedBy(subgraph, isHad ? field.type : undefined, selectionSet);
    return isHad ? below : 1 + below;
  }

  return lackedBy;
}
