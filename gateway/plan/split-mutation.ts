import {
  Kind,
  type FieldNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';
import type { PlannedOperation } from './plan-in-series.ts';

/**
 * Makes an operation of each root field of a mutation, in the order in which they are to run: all that is asked of one before the
 * next (GraphQL specification, section 6.2.2). Selections with one response key stay together, each under the conditions that it had.
 */
export function splitMutation({ definition, fragments }: PlannedOperation): readonly OperationDefinitionNode[] {
  const groups = new Map<string, SelectionNode[]>();

  function collect({ selections }: SelectionSetNode, within: readonly InlineFragmentNode[]): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) add(selection, within);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, [selection, ...within]);
      else {
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined) continue;
        const { typeCondition, selectionSet } = fragment;
        const { directives = [] } = selection;
        collect(selectionSet, [{ kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet }, ...within]);
      }
    }
  }

  function add(field: FieldNode, within: readonly InlineFragmentNode[]): void {
    const key = responseKeyOf(field);
    const wrapped = within.reduce<SelectionNode>(
      (inner, fragment) => ({ ...fragment, selectionSet: setOf([inner]) }),
      field,
    );
    groups.set(key, [...(groups.get(key) ?? []), wrapped]);
  }

  collect(definition.selectionSet, []);
  return [...groups.values()].map((selections) => ({ ...definition, selectionSet: setOf(selections) }));
}

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}
