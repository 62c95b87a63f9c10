import { Kind, parse, visit, type InlineFragmentNode, type SelectionNode } from 'graphql';

/**
 * Whether a request for entities asks something of one of these types whatever the variables are: a field that no `@skip` and no
 * `@include` stands before. Reads the text anew; for the rare case that objects lack what they are known by.
 */
export function asksAlways(document: string, types: ReadonlySet<string>): boolean {
  let isAsked = false;
  visit(parse(document, { noLocation: true }), {
    [Kind.INLINE_FRAGMENT]: (fragment: InlineFragmentNode) => {
      if (!isUnconditional(fragment)) return false;
      const isOfType = types.has(fragment.typeCondition?.name.value ?? '');
      isAsked ||= isOfType && fragment.selectionSet.selections.some(isUnconditionalField);
      return undefined;
    },
  });
  return isAsked;
}

function isUnconditionalField(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value !== '__typename' && isUnconditional(selection);
}

function isUnconditional({ directives = [] }: SelectionNode): boolean {
  return directives.every(({ name }) => name.value !== 'skip' && name.value !== 'include');
}
