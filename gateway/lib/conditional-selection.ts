import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, type SelectionNode } from 'graphql';

/** Whether variables decide if a selection counts: it has `@skip` or `@include`. */
export function isConditional({ directives = [] }: SelectionNode): boolean {
  return directives.some(({ name }) => name.value === 'skip' || name.value === 'include');
}

/** Whether a selection counts with these variables (GraphQL specification, section 6.3.2). */
export function isTaken(selection: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  if (!isConditional(selection)) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables);
  return skip?.['if'] !== true && include?.['if'] !== false;
}
