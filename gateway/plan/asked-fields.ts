import { Kind, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import type { ObjectTypes } from './object-types.ts';
import type { PlannedOperation } from './plan-in-series.ts';

interface About {
  readonly objectTypes: ObjectTypes;
  readonly operation: PlannedOperation;
}

/** What the operation asks for of an object of a type, by response key, `__typename` apart. */
export function fieldsAsked(
  asked: readonly SelectionSetNode[],
  object: string,
  { objectTypes, operation }: About,
): ReadonlyMap<string, readonly SelectionSetNode[]> {
  const fields = new Map<string, SelectionSetNode[]>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) {
        if (one.name.value === '__typename') continue;
        const key = responseKeyOf(one);
        const below = fields.get(key) ?? [];
        if (one.selectionSet) below.push(one.selectionSet);
        fields.set(key, below);
        continue;
      }
      const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : operation.fragments.get(one.name.value);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (condition === undefined || objectTypes(condition).has(object))) collect(fragment.selectionSet);
    }
  };
  asked.forEach(collect);
  return fields;
}
