import { Kind, type SelectionSetNode } from 'graphql';
import type { Operation } from '../context.ts';

/** The names of the variables that decide, in `@skip` and `@include`, which fields an operation has. */
export function conditionVariables({
  definition,
  fragments,
}: Pick<Operation, 'definition' | 'fragments'>): readonly string[] {
  const names = new Set<string>();

  function walk({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      for (const { name, arguments: args = [] } of selection.directives ?? []) {
        const value = args[0]?.value;
        const isCondition = name.value === 'skip' || name.value === 'include';
        if (isCondition && value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined) walk(selection.selectionSet);
    }
  }

  walk(definition.selectionSet);
  for (const { selectionSet } of fragments.values()) walk(selectionSet);
  return [...names];
}
