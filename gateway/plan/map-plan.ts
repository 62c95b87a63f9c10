import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';

/** Puts something else in the place of each request of a plan, what is deferred included. */
export function mapFetches(plan: CompiledPlan, change: (fetch: FetchNode) => PlanNode): CompiledPlan {
  const node = (from: PlanNode): PlanNode => {
    if (from.kind === 'fetch') return change(from);
    if (from.kind !== 'condition') return { ...from, nodes: from.nodes.map(node) };
    return { ...from, ifTrue: from.ifTrue && node(from.ifTrue), ifFalse: from.ifFalse && node(from.ifFalse) };
  };
  const { root, deferred } = plan;
  const changed = { ...plan, root: root && node(root) };
  if (deferred === undefined) return changed;
  return { ...changed, deferred: deferred.map((one) => ({ ...one, root: one.root && node(one.root) })) };
}

/** The roots of a plan and of what is deferred. */
export function rootsOf({ root, deferred = [] }: CompiledPlan): readonly (PlanNode | undefined)[] {
  return [root, ...deferred.map((one) => one.root)];
}

/** Every request of a plan, what is deferred included. */
export function fetchesOf(plan: CompiledPlan): readonly FetchNode[] {
  return rootsOf(plan).flatMap(fetchesBelow);
}

function fetchesBelow(node: PlanNode | undefined): readonly FetchNode[] {
  if (node === undefined) return [];
  if (node.kind === 'fetch') return [node];
  return (node.kind === 'condition' ? [node.ifTrue, node.ifFalse] : node.nodes).flatMap(fetchesBelow);
}

/** A plan whose requests have ids of their own: for plans that become one. */
export function withOwnIds(plan: CompiledPlan, prefix: string): CompiledPlan {
  const { deferred } = plan;
  if (deferred === undefined) return plan;
  const own = (id: string): string => `${prefix}${id}`;
  const fetch = (from: FetchNode): FetchNode => (from.id === undefined ? from : { ...from, id: own(from.id) });
  return mapFetches({ ...plan, deferred: deferred.map((one) => ({ ...one, after: one.after.map(own) })) }, fetch);
}

/** A request, and those whose answers are there when it is sent. */
export interface FetchInTurn {
  readonly fetch: FetchNode;
  readonly before: readonly FetchNode[];
}

/** The requests of a plan in their order; what is deferred comes after all that is not, and after what it stands in. */
export function fetchesInTurn({ root, deferred = [] }: CompiledPlan): readonly FetchInTurn[] {
  const found: FetchInTurn[] = [];
  const walk = (node: PlanNode | undefined, before: readonly FetchNode[]): readonly FetchNode[] => {
    if (node === undefined) return [];
    if (node.kind === 'fetch') {
      found.push({ fetch: node, before });
      return [node];
    }
    if (node.kind !== 'sequence')
      return (node.kind === 'parallel' ? node.nodes : [node.ifTrue, node.ifFalse]).flatMap((one) => walk(one, before));
    const done: FetchNode[] = [];
    for (const one of node.nodes) done.push(...walk(one, [...before, ...done]));
    return done;
  };
  const first = walk(root, []);
  const byId = new Map<string | undefined, readonly FetchNode[]>([[undefined, first]]);
  for (const { id, within, root: own } of deferred) {
    const before = byId.get(within) ?? first;
    byId.set(id, [...before, ...walk(own, before)]);
  }
  return found;
}
