import type { Schema } from '@apollo/federation-internals';
import type * as Apollo from '@apollo/query-planner';
import { Kind, parse, visit, type DocumentNode } from 'graphql';
import type { CompiledPlan, DeferredPlan, Path, PlanNode } from './compiled-plan.ts';
import { createApolloPlanParts } from './apollo-plan-parts.ts';
import type { ObjectTypes } from './object-types.ts';
import { percentageOf } from './override-percentages.ts';
import type { PlannerAdapter } from './planner.ts';
import { responseKeys } from './response-keys.ts';
import { createRunWithin } from './run-within.ts';

interface Options {
  /** The supergraph. */
  readonly sdl: string;
  /** The labels of its progressive overrides. */
  readonly overrideLabels: readonly string[];
  readonly limitMs: number;
}

/** Plans with Apollo's reference planner: tens of milliseconds for a large operation, in which nothing else runs in this process. */
export async function createApolloPlanner(
  { sdl, overrideLabels, limitMs }: Options,
  objectTypes: ObjectTypes,
): Promise<PlannerAdapter> {
  const { operationFromDocument, ...internals } = await import('@apollo/federation-internals');
  const { QueryPlanner } = await import('@apollo/query-planner');
  const supportedFeatures = internals.ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;
  const supergraph = internals.Supergraph.build(sdl, { supportedFeatures });
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph);
  let deferring: typeof planner | undefined;
  const compile = createCompiler(objectTypes);
  // The gateway ends this process long before; this is for when the gateway is no more.
  const runWithin = createRunWithin(2 * limitMs);
  return {
    plan: async ({ document, operationName, percentage, defers = false }) => {
      const options = { ...(operationName !== undefined && { operationName }), validate: false };
      const overrideConditions = new Map(
        overrideLabels.map((label) => [label, percentage < (percentageOf(label) ?? 0)]),
      );
      // Validated before, against the same schema.
      const operation = operationFromDocument(apiSchema, withKnownDirectives(parse(document), apiSchema), options);
      if (defers) deferring ??= new QueryPlanner(supergraph, { incrementalDelivery: { enableDefer: true } });
      const chosen = (defers ? deferring : undefined) ?? planner;
      return compile(runWithin(() => chosen.buildQueryPlan(operation, { overrideConditions })));
    },
  };
}

/** The planner refuses directives that subgraphs compose by `@composeDirective`; the native one passes none on either. */
function withKnownDirectives(document: DocumentNode, apiSchema: Schema): DocumentNode {
  return visit(document, {
    [Kind.DIRECTIVE]: ({ name }) => (apiSchema.directive(name.value) === undefined ? null : undefined),
  });
}

/** A part of a plan, and what is deferred in it. */
interface Pieces {
  readonly root: PlanNode | undefined;
  readonly deferred: readonly DeferredPlan[];
}

/** A request for `__typename` alone: the gateway knows what its root types are called. */
const NOTHING: PlanNode = { kind: 'sequence', nodes: [] };

function createCompiler(objectTypes: ObjectTypes): (plan: Apollo.QueryPlan) => CompiledPlan {
  const { segments, required, rewrite, contexts } = createApolloPlanParts(objectTypes);
  const node = (from: Apollo.PlanNode | Apollo.SubscriptionNode, at: Path): PlanNode => {
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
        return node(from.node, [...at, ...from.path.flatMap(segments)]);
      case 'Fetch':
        return fetch(from, at);
      case 'Subscription': {
        const rest = from.rest === undefined ? [] : [node(from.rest, at)];
        return { kind: 'sequence', nodes: [fetch(from.primary, at), ...rest] };
      }
      case 'Defer':
        throw new Error(`a plan with a ${from.kind} node cannot be run`);
    }
  };

  const fetch = (from: Apollo.FetchNode, at: Path): PlanNode => {
    const contextual = contexts(from.contextRewrites ?? []);
    const request = {
      kind: 'fetch',
      ...(from.id !== undefined && { id: from.id }),
      subgraph: from.serviceName,
      operation: from.operationKind,
      document: from.operation,
      operationName: from.operationName,
      variables: (from.variableUsages ?? []).filter((name) => !contextual.some(({ variable }) => variable === name)),
    } as const;
    const outputRewrites = (from.outputRewrites ?? []).map(rewrite);
    if (from.requires === undefined) {
      if (contextual.length > 0) throw new Error('a plan with contextual arguments of no entity cannot be run');
      const keys = responseKeys(from.operation);
      if (at.length === 0 && keys.length === 0) return NOTHING;
      return { ...request, target: { kind: 'root', path: at, keys, outputRewrites } };
    }
    const batch = {
      responseKey: '_entities',
      representations: 'representations',
      paths: [at],
      requires: from.requires.map(required),
      inputRewrites: (from.inputRewrites ?? []).map(rewrite),
      outputRewrites,
    };
    const target = { kind: 'entities', batches: [batch] } as const;
    return { ...request, target: contextual.length === 0 ? target : { ...target, contexts: contextual } };
  };

  return ({ node: root }) => {
    if (root?.kind !== 'Defer') return { root: root && node(root, []) };
    return piecesOf(root, undefined, (from) => node(from, []));
  };
}

/** What comes first of a plan, and what is deferred in it: that stands outermost alone. */
function piecesOf(
  from: Apollo.PlanNode | undefined,
  within: string | undefined,
  compile: (from: Apollo.PlanNode) => PlanNode,
): Pieces {
  if (from?.kind !== 'Defer') return { root: from && compile(from), deferred: [] };
  const { primary, deferred } = from;
  return {
    root: primary.node && compile(primary.node),
    deferred: deferred.flatMap(({ label: id, depends, node }): readonly DeferredPlan[] => {
      if (id === undefined) throw new Error('a plan with a deferred part without a label cannot be run');
      const inner = piecesOf(node, id, compile);
      return [{ id, within, after: depends.map((one) => one.id), root: inner.root }, ...inner.deferred];
    }),
  };
}
