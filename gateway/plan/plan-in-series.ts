import type { Operation } from '../context.ts';
import type { CompiledPlan, PlanNode } from './compiled-plan.ts';
import { withOwnIds } from './map-plan.ts';
import { splitMutation } from './split-mutation.ts';

/** What of an operation is planned: all but the values of its variables. */
export type PlannedOperation = Pick<Operation, 'definition' | 'fragments'>;

type PlanOne = (operation: PlannedOperation) => Promise<CompiledPlan>;

/**
 * Plans a mutation root field by root field, so that whatever hangs on one has been asked before the next changes anything: planners
 * take less care. Where one request to one subgraph does it all, it is one request; the subgraph keeps the order. Anything but a
 * mutation is planned as it is.
 */
export async function planInSeries(operation: PlannedOperation, planOne: PlanOne): Promise<CompiledPlan> {
  const definitions = operation.definition.operation === 'mutation' ? splitMutation(operation) : [];
  if (definitions.length < 2) return planOne(operation);
  const plans: CompiledPlan[] = [];
  for (const [index, definition] of definitions.entries())
    plans.push(withOwnIds(await planOne({ ...operation, definition }), `${index}.`));
  const nodes = plans.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const [subgraph, ...others] = new Set(nodes.map(onlySubgraph));
  if (subgraph !== undefined && others.length === 0) {
    const whole = await planOne(operation);
    if (whole.root !== undefined && onlySubgraph(whole.root) === subgraph) return whole;
  }
  const deferred = plans.flatMap((plan) => plan.deferred ?? []);
  return { root: { kind: 'sequence', nodes }, ...(deferred.length > 0 && { deferred }) };
}

/** The subgraph that a plan's only request goes to. */
function onlySubgraph(node: PlanNode): string | undefined {
  return node.kind === 'fetch' ? node.subgraph : undefined;
}
