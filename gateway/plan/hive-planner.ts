import type * as Hive from '@graphql-hive/router-query-planner';
import type { CompiledPlan, EntityBatch, FetchNode, Path, PlanNode } from './compiled-plan.ts';
import { createHivePlanParts } from './hive-plan-parts.ts';
import type { ObjectTypes } from './object-types.ts';
import type { PlannerAdapter } from './planner.ts';
import { responseKeys } from './response-keys.ts';

/**
 * Plans with The Guild's native planner, which merges lookups of entities over several paths into one request. It works on a thread
 * of its own, so that its process hears meanwhile that the gateway has gone.
 */
export async function createHivePlanner(supergraphSdl: string, objectTypes: ObjectTypes): Promise<PlannerAdapter> {
  const { QueryPlanner } = await import('@graphql-hive/router-query-planner');
  const planner = new QueryPlanner(supergraphSdl);
  return {
    plan: async ({ document, operationName, percentage }) =>
      compiledPlan(await planner.planAsync(document, operationName, new Set(), percentage), objectTypes),
  };
}

/** A request for `__typename` alone: the gateway knows what its root types are called. */
const NOTHING: PlanNode = { kind: 'sequence', nodes: [] };

function compiledPlan(plan: Hive.QueryPlan, objectTypes: ObjectTypes): CompiledPlan {
  const { segment, required, rewrite } = createHivePlanParts(objectTypes);
  const node = (from: Hive.PlanNode, at: Path): PlanNode => {
    switch (from.kind) {
      case 'Sequence':
        return { kind: 'sequence', nodes: from.nodes.map((one) => node(one, at)) };
      case 'Parallel':
        return { kind: 'parallel', nodes: from.nodes.map((one) => node(one, at)) };
      case 'Condition': {
        const [ifTrue, ifFalse] = [from.ifClause, from.elseClause].map((one) =>
          one == null ? undefined : node(one, at),
        );
        return { kind: 'condition', variable: from.condition, ifTrue, ifFalse };
      }
      case 'Flatten':
        return node(from.node, [...at, ...from.path.map(segment)]);
      case 'Fetch':
        return fetch(from, at);
      case 'BatchFetch':
        return { ...request(from), target: { kind: 'entities', batches: from.entityBatch.aliases.map(batchOfAlias) } };
      case 'Subscription':
        return fetch(from.primary, at);
      case 'Defer':
        throw new Error(`a plan with a ${from.kind} node cannot be run`);
    }
  };

  const fetch = (from: Hive.FetchNode, at: Path): PlanNode => {
    const { requires, inputRewrites = [], outputRewrites = [] } = from;
    const rewrites = { inputRewrites: inputRewrites.map(rewrite), outputRewrites: outputRewrites.map(rewrite) };
    if (requires === undefined) {
      const keys = responseKeys(from.operation);
      if (at.length === 0 && keys.length === 0) return NOTHING;
      return { ...request(from), target: { kind: 'root', path: at, keys, outputRewrites: rewrites.outputRewrites } };
    }
    const names = { responseKey: '_entities', representations: 'representations' };
    const batch = { ...names, paths: [at], requires: requires.map(required), ...rewrites };
    return { ...request(from), target: { kind: 'entities', batches: [batch] } };
  };

  const batchOfAlias = (from: Hive.EntityBatchAlias): EntityBatch => ({
    responseKey: from.alias,
    representations: from.representationsVariableName,
    paths: from.paths.map((path) => path.map(segment)),
    requires: from.requires.map(required),
    inputRewrites: (from.inputRewrites ?? []).map(rewrite),
    outputRewrites: (from.outputRewrites ?? []).map(rewrite),
  });

  return { root: plan.node == null ? undefined : node(plan.node, []) };
}

function request(from: Hive.FetchNode | Hive.BatchFetchNode): Omit<FetchNode, 'target'> {
  return {
    kind: 'fetch',
    subgraph: from.serviceName,
    operation: from.operationKind ?? 'query',
    document: from.operation,
    operationName: from.operationName,
    variables: from.variableUsages ?? [],
  };
}
