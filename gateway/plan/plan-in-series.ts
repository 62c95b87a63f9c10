import type { Operation } from '../context.ts';
import type { CompiledPlan, PlanNode } from './compiled-plan.ts';
import { fetchesOf, withOwnIds } from './map-plan.ts';
import { splitMutation } from './split-mutation.ts';

/** What of an operation is planned: all but the values of its variables. */
export type PlannedOperation = Pick<Operation, 'definition' | 'fragments'>;

/** Asks for the plans of operations, one after the other, and makes one plan of them. */
type Series = Generator<PlannedOperation, CompiledPlan, CompiledPlan>;

/**
 * Plans a mutation root field by root field, so that whatever hangs on one has been asked before the next changes anything: planners
 * take less care. Where one request to one subgraph does it all, it is one request; the subgraph keeps the order. Anything but a
 * mutation is planned as it is.
 */
export async function planInSeries(
  operation: PlannedOperation,
  planOne: (operation: PlannedOperation) => Promise<CompiledPlan>,
): Promise<CompiledPlan> {
  const series = inSeries(operation);
  let step = series.next();
  while (step.done !== true) step = series.next(await planOne(step.value));
  return tellingContexts(step.value);
}

/** The same with a planner that nobody has to wait for. */
export function planInSeriesAtOnce(
  operation: PlannedOperation,
  planOne: (operation: PlannedOperation) => CompiledPlan,
): CompiledPlan {
  const series = inSeries(operation);
  let step = series.next();
  while (step.done !== true) step = series.next(planOne(step.value));
  return tellingContexts(step.value);
}

function tellingContexts(plan: CompiledPlan): CompiledPlan {
  const hasContexts = fetchesOf(plan).some(({ target }) => target.kind === 'entities' && target.contexts !== undefined);
  return hasContexts ? { ...plan, hasContexts } : plan;
}

function* inSeries(operation: PlannedOperation): Series {
  const definitions = operation.definition.operation === 'mutation' ? splitMutation(operation) : [];
  if (definitions.length < 2) return yield operation;
  const plans: CompiledPlan[] = [];
  for (const [index, definition] of definitions.entries())
    plans.push(withOwnIds(yield { ...operation, definition }, `${index}.`));
  const nodes = plans.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const [subgraph, ...others] = new Set(nodes.map(onlySubgraph));
  if (subgraph !== undefined && others.length === 0) {
    const whole = yield operation;
    if (whole.root !== undefined && onlySubgraph(whole.root) === subgraph && areInOrder(whole.root, nodes))
      return whole;
  }
  const deferred = plans.flatMap((plan) => plan.deferred ?? []);
  return { root: { kind: 'sequence', nodes }, ...(deferred.length > 0 && { deferred }) };
}

/** Whether a request has the root fields of others in the order of these: a planner that defers some of a field may change it. */
function areInOrder(whole: PlanNode, parts: readonly PlanNode[]): boolean {
  const order = keysOf(whole);
  const wanted = parts.flatMap(keysOf);
  return order.length === wanted.length && order.every((key, index) => key === wanted[index]);
}

function keysOf(node: PlanNode): readonly string[] {
  return node.kind === 'fetch' && node.target.kind === 'root' ? node.target.keys : [];
}

/** The subgraph that a plan's only request goes to. */
function onlySubgraph(node: PlanNode): string | undefined {
  return node.kind === 'fetch' ? node.subgraph : undefined;
}
