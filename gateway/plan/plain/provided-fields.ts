import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { ObjectTypes } from '../object-types.ts';

/** Whether a `@provides` names a field for objects of a type. */
export function isProvided(
  { selections }: SelectionSetNode,
  { object, name }: { readonly object: string; readonly name: string },
  objectTypes: ObjectTypes,
): boolean {
  return selections.some((one) => {
    if (one.kind === Kind.FIELD) return one.name.value === name;
    if (one.kind === Kind.FRAGMENT_SPREAD) return false;
    const condition = one.typeCondition?.name.value;
    const isMeant = condition === undefined || objectTypes(condition).has(object);
    return isMeant && isProvided(one.selectionSet, { object, name }, objectTypes);
  });
}

/** What is provided below a field: by its own `@provides`, and by one further up. */
export function providedBelow(
  own: SelectionSetNode | undefined,
  above: SelectionSetNode | undefined,
  field: FieldNode,
): SelectionSetNode | undefined {
  if (above === undefined) return own;
  const selections = [...(own?.selections ?? []), ...below(above.selections, field.name.value)];
  return selections.length === 0 ? undefined : { kind: Kind.SELECTION_SET, selections };
}

/** Of a field that several types have, what is provided of one of them may be said of all: it is left to its owner. */
function below(selections: readonly SelectionNode[], name: string): readonly SelectionNode[] {
  return selections.flatMap((one) =>
    one.kind === Kind.FIELD && one.name.value === name ? (one.selectionSet?.selections ?? []) : [],
  );
}
