import { parse, type GraphQLSchema } from 'graphql';
import type { CompiledPlan, PlanNode } from '../compiled-plan.ts';
import type { ObjectTypes } from '../object-types.ts';
import { definitionsOf } from '../parse-once.ts';
import type { PlannerAdapter } from '../planner.ts';
import { plainRequests } from './make-plain-plan.ts';
import { createRequestWriting, type PlainRequest } from './plain-request.ts';
import { createSubgraphKnowledge } from './subgraph-knowledge.ts';

/** What is larger than this is given up. */
const MAX_LOOKS = 20_000;
const MAX_SELECTIONS = 5_000;

/**
 * Makes a planner that asks for one thing after the other: each field of whoever has it, each object by its type. Its plans take more
 * requests than those of others, and are right where those find none. It knows no contexts and no `@defer`. `schema` is the supergraph.
 */
export function createPlainPlanner(schema: GraphQLSchema, objectTypes: ObjectTypes): PlannerAdapter {
  return {
    plan: async ({ document, percentage, defers = false }) => {
      if (defers) throw new Error('a plan that defers is not made here');
      const { operation: definition, fragments } = definitionsOf(parse(document, { noLocation: true }));
      const operation = { definition, fragments };
      const knowledge = createSubgraphKnowledge(schema, percentage);
      const requests = plainRequests({ knowledge, objectTypes, operation, maxLooks: MAX_LOOKS });
      const write = createRequestWriting({ operation: definition, knowledge, objectTypes }, MAX_SELECTIONS);
      return inOrder(requests, write);
    },
  };
}

/** Requests that wait for the same number of others run at once. */
function inOrder(requests: readonly PlainRequest[], write: ReturnType<typeof createRequestWriting>): CompiledPlan {
  const rounds: PlanNode[][] = [];
  const known = new Map<PlainRequest, number>();
  const roundOf = (request: PlainRequest): number => {
    let round = known.get(request);
    if (round === undefined) {
      round = Math.max(-1, ...[...request.after].map(roundOf)) + 1;
      known.set(request, round);
    }
    return round;
  };
  for (const request of requests) (rounds[roundOf(request)] ??= []).push(write(request));
  const nodes = rounds.map((some): PlanNode => {
    const [first, ...others] = some;
    return first !== undefined && others.length === 0 ? first : { kind: 'parallel', nodes: some };
  });
  const [only, ...others] = nodes;
  return { root: only !== undefined && others.length > 0 ? { kind: 'sequence', nodes } : only };
}
