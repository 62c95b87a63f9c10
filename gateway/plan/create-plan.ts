import { Kind, print, visit, type DefinitionNode, type FieldNode, type FragmentDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../context.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import type { Planner } from './planner.ts';

const MAX_PLANS = 2_000;

/**
 * Builds the planning step. Plans are remembered by the operation alone: the values of variables, `@skip` and `@include` among
 * them, are looked at when the plan runs. `percentage` is drawn for each request where the supergraph overrides fields
 * progressively; requests between the same thresholds share a plan.
 */
export function createPlan(
  planner: Planner,
  percentage: () => number,
): (operation: Operation) => Promise<CompiledPlan> {
  const plans = new LRUCache<string, Promise<CompiledPlan>>({ max: MAX_PLANS });
  const thresholds = planner.overridePercentages;

  return (operation) => {
    const drawn = thresholds.length === 0 ? 0 : percentage();
    const key = thresholds.length === 0 ? operation.key : `${operation.key}:${stepOf(drawn, thresholds)}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const plan = planner.plan({ document: textOf(operation), operationName: operation.name, percentage: drawn });
    plans.set(key, plan);
    plan.catch(() => plans.delete(key));
    return plan;
  };
}

function stepOf(drawn: number, thresholds: readonly number[]): number {
  return thresholds.filter((threshold) => drawn < threshold).length;
}

function textOf({ definition, fragments }: Operation): string {
  return [definition, ...usedFragments(definition, fragments)]
    .map((part) => print(visit(part, { [Kind.FIELD]: withoutIntrospection })))
    .join('\n');
}

/** The gateway answers introspection itself: to the planner it is one more `__typename`. */
function withoutIntrospection({ name }: FieldNode): FieldNode | undefined {
  return name.value === '__schema' || name.value === '__type' ? TYPENAME : undefined;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function usedFragments(
  definition: DefinitionNode,
  fragments: Operation['fragments'],
  found = new Set<FragmentDefinitionNode>(),
): ReadonlySet<FragmentDefinitionNode> {
  visit(definition, {
    [Kind.FRAGMENT_SPREAD]: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (fragment === undefined || found.has(fragment)) return;
      found.add(fragment);
      usedFragments(fragment, fragments, found);
    },
  });
  return found;
}
