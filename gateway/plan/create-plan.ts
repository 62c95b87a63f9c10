import {
  Kind,
  print,
  visit,
  type DefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../context.ts';
import { treeKey } from '../lib/tree-key.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { planInSeries } from './plan-in-series.ts';
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
    const plan = planInSeries(operation, (one) =>
      planner.plan({ document: textOf(one, planner.fieldsOfHiddenTypes), operationName: one.name, percentage: drawn }),
    );
    plans.set(key, plan);
    plan.catch(() => plans.delete(key));
    return plan;
  };
}

function stepOf(drawn: number, thresholds: readonly number[]): number {
  return thresholds.filter((threshold) => drawn < threshold).length;
}

function textOf({ definition, fragments }: Operation, fieldsOfHiddenTypes: ReadonlySet<string>): string {
  const leave = (field: FieldNode): FieldNode => asPlanned(field, fieldsOfHiddenTypes.has(field.name.value));
  const planned = <T extends DefinitionNode>(part: T): T => visit(part, { [Kind.FIELD]: { leave } });
  const operation = planned(definition);
  const plannedFragments = new Map([...fragments].map(([name, fragment]) => [name, planned(fragment)]));
  // What introspection alone spreads is of types that planners need not know.
  return [operation, ...usedFragments(operation, plannedFragments)].map(print).join('\n');
}

/**
 * A field as the planner is told of it: under its tree key, and with something to ask for whatever is skipped, as an object of which
 * nothing is left is still there. The gateway answers introspection itself: to the planner it is one more `__typename`.
 */
function asPlanned(field: FieldNode, isTypeNeeded: boolean): FieldNode {
  if (field.name.value.startsWith('__')) return TYPENAME;
  const { alias: _clients, ...bare } = field;
  const key = treeKey(field);
  const planned: FieldNode = key === field.name.value ? bare : { ...bare, alias: { kind: Kind.NAME, value: key } };
  const { selectionSet } = field;
  if (selectionSet === undefined) return planned;
  if (!isTypeNeeded && selectionSet.selections.some(isUnconditionalField)) return planned;
  return { ...planned, selectionSet: { ...selectionSet, selections: [TYPENAME, ...selectionSet.selections] } };
}

function isUnconditionalField({ kind, directives = [] }: SelectionNode): boolean {
  return kind === Kind.FIELD && directives.length === 0;
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
