import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';

/** Finds the fetch of a subscription's plan that its events come from; undefined where no subgraph is subscribed to. */
export function subscriptionFetch({ root }: CompiledPlan): FetchNode | undefined {
  return root && find(root);
}

function find(node: PlanNode): FetchNode | undefined {
  if (node.kind === 'fetch') return node.operation === 'subscription' ? node : undefined;
  if (node.kind !== 'sequence') return undefined;
  const [first] = node.nodes;
  return first && find(first);
}
