import { operationFromDocument, type Schema, type Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type * as Apollo from '@apollo/query-planner';
import { Kind, parse, visit, type DocumentNode } from 'graphql';
import type { CompiledPlan, Path, PlanNode } from './compiled-plan.ts';
import { createApolloPlanParts } from './apollo-plan-parts.ts';
import type { ObjectTypes } from './object-types.ts';
import type { OperationPlanner } from './planner.ts';
import { responseKeys } from './response-keys.ts';

interface Federation {
  readonly supergraph: Supergraph;
  readonly apiSchema: Schema;
}

/** Plans with Apollo's reference planner, on the event loop: tens of milliseconds for a large operation. It knows no progressive overrides by percentage: their fields stay where they were. */
export function createApolloPlanner({ supergraph, apiSchema }: Federation, objectTypes: ObjectTypes): OperationPlanner {
  const planner = new QueryPlanner(supergraph);
  const compile = createCompiler(objectTypes);
  return {
    overridePercentages: [],
    // Validated before, against the same schema.
    plan: async ({ document, operationName }) =>
      compile(
        planner.buildQueryPlan(
          operationFromDocument(apiSchema, withKnownDirectives(parse(document), apiSchema), {
            ...(operationName !== undefined && { operationName }),
            validate: false,
          }),
        ),
      ),
  };
}

/** The planner refuses directives that subgraphs compose by `@composeDirective`; the native one passes none on either. */
function withKnownDirectives(document: DocumentNode, apiSchema: Schema): DocumentNode {
  return visit(document, {
    [Kind.DIRECTIVE]: ({ name }) => (apiSchema.directive(name.value) === undefined ? null : undefined),
  });
}

/** A request for `__typename` alone: the gateway knows what its root types are called. */
const NOTHING: PlanNode = { kind: 'sequence', nodes: [] };

function createCompiler(objectTypes: ObjectTypes): (plan: Apollo.QueryPlan) => CompiledPlan {
  const { segments, required, rewrite } = createApolloPlanParts(objectTypes);
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
      case 'Defer':
      case 'Subscription':
        throw new Error(`a plan with a ${from.kind} node cannot be run`);
    }
  };

  const fetch = (from: Apollo.FetchNode, at: Path): PlanNode => {
    if (from.contextRewrites !== undefined && from.contextRewrites.length > 0)
      throw new Error('a plan with contextual arguments cannot be run');
    const request = {
      kind: 'fetch',
      subgraph: from.serviceName,
      operation: from.operationKind === 'mutation' ? 'mutation' : 'query',
      document: from.operation,
      operationName: from.operationName,
      variables: from.variableUsages ?? [],
    } as const;
    const outputRewrites = (from.outputRewrites ?? []).map(rewrite);
    if (from.requires === undefined) {
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
    return { ...request, target: { kind: 'entities', batches: [batch] } };
  };

  return ({ node: root }) => ({ root: root && node(root, []) });
}
