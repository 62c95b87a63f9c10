import type { Operation } from '../context.ts';
import type { CompiledPlan, PlanNode } from './compiled-plan.ts';
import { splitMutation } from './split-mutation.ts';

type PlanOne = (operation: Operation) => Promise<CompiledPlan>;

/**
 * Plans a mutation root field by root field, so that whatever hangs on one has been asked before the next changes anything: planners
 * take less care. Where one request to one subgraph does it all, it is one request; the subgraph keeps the order. Anything but a
 * mutation is planned as it is.
 */
export async function planInSeries(operation: Operation, planOne: PlanOne): Promise<CompiledPlan> {
  const definitions = operation.kind === 'mutation' ? splitMutation(operation) : [];
  if (definitions.length < 2) return planOne(operation);
  const plans = await Promise.all(definitions.map((definition) => planOne({ ...operation, definition })));
  const nodes = plans.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const [subgraph, ...others] = new Set(nodes.map(onlySubgraph));
  if (subgraph !== undefined && others.length === 0) {
    const whole = await planOne(operation);
    if (whole.root !== undefined && onlySubgraph(whole.root) === subgraph) return whole;
  }
  return { root: { kind: 'sequence', nodes } };
}

/** The subgraph that a plan's only request goes to. */
function onlySubgraph(node: PlanNode): string | undefined {
  return node.kind === 'fetch' ? node.subgraph : undefined;
}
