import { Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { Operation } from '../context.ts';
import { isTaken } from '../lib/conditional-selection.ts';
import { responseKeyOf } from '../lib/response-key.ts';

/** The one field at the root of a subscription; it may be written in several places, whose selections count together. */
export interface RootField {
  readonly name: string;
  readonly responseKey: string;
  readonly node: FieldNode;
  readonly selections: readonly SelectionNode[];
}

/** Finds the root field of a validated subscription; undefined when its variables take it away. */
export function rootFieldOf(operation: Operation): RootField | undefined {
  const nodes: FieldNode[] = [];
  const walked = new Set<string>();

  function walk({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isTaken(selection, operation.variables)) continue;
      if (selection.kind === Kind.FIELD) nodes.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (!walked.has(selection.name.value)) {
        walked.add(selection.name.value);
        const fragment = operation.fragments.get(selection.name.value);
        if (fragment !== undefined) walk(fragment.selectionSet);
      }
    }
  }

  walk(operation.definition.selectionSet);
  const [node] = nodes;
  if (node === undefined) return undefined;
  return {
    name: node.name.value,
    responseKey: responseKeyOf(node),
    node,
    selections: nodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []),
  };
}
