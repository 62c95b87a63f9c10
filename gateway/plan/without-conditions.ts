import { Kind, type FragmentDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { isConditional, isTaken } from '../lib/conditional-selection.ts';
import type { PlannedOperation } from './plan-in-series.ts';

/**
 * What is left of an operation when the values of its conditions are known: no `@skip`, no `@include`, and no selection that they
 * leave out. Planners join into one request what is skipped and what is not, and then lack what the one requires when it is skipped.
 * A fragment of which nothing is left is gone; a field of which nothing is left has an empty selection.
 */
export function withoutConditions(
  operation: PlannedOperation,
  values: Readonly<Record<string, unknown>>,
): PlannedOperation {
  const { definition, fragments } = operation;
  if (![definition, ...fragments.values()].some(hasConditions)) return operation;
  const left = new Map<string, FragmentDefinitionNode>();
  const looked = new Set<string>();

  /** Whether something is left of a fragment. */
  function isLeft(name: string): boolean {
    const fragment = fragments.get(name);
    if (fragment !== undefined && !looked.has(name)) {
      looked.add(name);
      const selectionSet = setOf(fragment.selectionSet);
      if (selectionSet.selections.length > 0) left.set(name, { ...fragment, selectionSet });
    }
    return left.has(name);
  }

  function setOf({ kind, selections }: SelectionSetNode): SelectionSetNode {
    const taken = selections.filter((one) => isTaken(one, values));
    return { kind, selections: taken.flatMap((one) => leftOf(unconditional(one))) };
  }

  function leftOf(selection: SelectionNode): readonly SelectionNode[] {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return isLeft(selection.name.value) ? [selection] : [];
    if (selection.selectionSet === undefined) return [selection];
    const selectionSet = setOf(selection.selectionSet);
    if (selection.kind === Kind.FIELD) return [{ ...selection, selectionSet }];
    return selectionSet.selections.length === 0 ? [] : [{ ...selection, selectionSet }];
  }

  return { definition: { ...definition, selectionSet: setOf(definition.selectionSet) }, fragments: left };
}

function hasConditions({ selectionSet }: { readonly selectionSet?: SelectionSetNode | undefined }): boolean {
  return (
    selectionSet?.selections.some((one) => isConditional(one) || ('selectionSet' in one && hasConditions(one))) === true
  );
}

function unconditional<Node extends SelectionNode>(selection: Node): Node {
  if (!isConditional(selection)) return selection;
  const others = (selection.directives ?? []).filter(({ name }) => name.value !== 'skip' && name.value !== 'include');
  return { ...selection, directives: others };
}
