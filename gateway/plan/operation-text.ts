import { Kind, print, type ArgumentNode, type DirectiveNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { PlannedOperation } from './plan-in-series.ts';
import { usedFragments } from './used-fragments.ts';

/** Writes an operation with the fragments that it uses, in no more characters than it takes: a planner reads it, and nobody else. */
export function operationText(operation: PlannedOperation): string {
  const { definition } = operation;
  const { name, variableDefinitions = [], selectionSet } = definition;
  const variables = variableDefinitions.length === 0 ? '' : `(${variableDefinitions.map(print).join(' ')})`;
  const head = `${definition.operation} ${name?.value ?? ''}${variables}${directivesText(definition)}`;
  let text = head + selectionsText(selectionSet);
  for (const fragment of usedFragments(operation)) {
    const on = `fragment ${fragment.name.value} on ${fragment.typeCondition.name.value}`;
    text += ` ${on}${directivesText(fragment)}${selectionsText(fragment.selectionSet)}`;
  }
  return text;
}

function selectionsText({ selections }: SelectionSetNode): string {
  let text = '{';
  for (const one of selections) text += `${text === '{' ? '' : ' '}${selectionText(one)}`;
  return `${text}}`;
}

function selectionText(selection: SelectionNode): string {
  const after = directivesText(selection);
  if (selection.kind === Kind.FRAGMENT_SPREAD) return `...${selection.name.value}${after}`;
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const on = selection.typeCondition === undefined ? '...' : `...on ${selection.typeCondition.name.value}`;
    return on + after + selectionsText(selection.selectionSet);
  }
  const { alias, name, selectionSet } = selection;
  const field = alias === undefined ? name.value : `${alias.value}:${name.value}`;
  return field + argumentsText(selection) + after + (selectionSet ? selectionsText(selectionSet) : '');
}

function directivesText({ directives = [] }: { readonly directives?: readonly DirectiveNode[] | undefined }): string {
  return directives.length === 0 ? '' : `${directives.map(print).join('')} `;
}

function argumentsText({ arguments: given = [] }: { readonly arguments?: readonly ArgumentNode[] | undefined }) {
  return given.length === 0 ? '' : `(${given.map(print).join(' ')})`;
}
