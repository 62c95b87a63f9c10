import { Kind, visit, type DefinitionNode, type FragmentDefinitionNode } from 'graphql';
import type { PlannedOperation } from './plan-in-series.ts';

/** The fragments that an operation spreads, directly or through others, each once. */
export function usedFragments({ definition, fragments }: PlannedOperation): ReadonlySet<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  const search = (within: DefinitionNode): void => {
    visit(within, {
      [Kind.FRAGMENT_SPREAD]: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        search(fragment);
      },
    });
  };
  if (fragments.size > 0) search(definition);
  return found;
}
