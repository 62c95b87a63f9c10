import { GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Caller, ClientRequest, Operation, WrittenResult } from '../context.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import { clientKeys } from '../lib/tree-key.ts';
import type { CompiledPlan } from '../plan/compiled-plan.ts';
import { compileProjection } from './compile-projection.ts';
import type { Sender } from './create-send.ts';
import type { Project } from './projection.ts';
import type { LocatedError } from './result-tree.ts';
import { runPlan, type Send } from './run-plan.ts';

interface Options {
  /** What clients may ask, and what they may be given. */
  readonly apiSchema: GraphQLSchema;
  readonly send: (sender: Sender) => Send;
  readonly presentErrors: Pick<PresentErrors, 'executed'>;
}

type Execute = (
  plan: CompiledPlan,
  operation: Operation,
  caller: Caller,
  request: ClientRequest,
) => Promise<WrittenResult>;

const MAX_PROJECTIONS = 2_000;

/**
 * Builds the executing step: runs the plan over the subgraphs, then gives what they answered the shape that the client asked for.
 * Who may ask what was decided before.
 */
export function createExecute({ apiSchema, send, presentErrors }: Options): Execute {
  const projections = new LRUCache<string, Project>({ max: MAX_PROJECTIONS });
  const projectionOf = (operation: Operation): Project => {
    const known = projections.get(operation.key);
    if (known !== undefined) return known;
    const project = compileProjection(apiSchema, operation);
    projections.set(operation.key, project);
    return project;
  };

  return async (plan, operation, caller, request) => {
    const { signal, requestId } = request;
    const answered = await runPlan(plan, operation.variables, send({ caller, request, signal }));
    if (signal.aborted) return CANCELLED;
    const errors = answered.errors.length === 0 ? [] : atClientKeys(answered.errors, clientKeys(operation));
    const projected = projectionOf(operation)({ ...answered, errors }, operation.variables);
    if (projected.errors.length === 0) return { data: projected.data };
    return { data: projected.data, errors: presentErrors.executed(projected.errors.map(graphqlError), requestId) };
  };
}

/** Nobody reads it, and nobody is to blame for what ended with the client. */
const CANCELLED: WrittenResult = {
  errors: [new GraphQLError('The client has gone.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })],
};

/** Errors stand where the client finds them: under its aliases, not under the keys that subgraphs were asked by. */
function atClientKeys(errors: readonly LocatedError[], keys: ReadonlyMap<string, string>): LocatedError[] {
  return errors.map((error) => ({
    ...error,
    path: error.path?.map((key) => (typeof key === 'string' ? (keys.get(key) ?? key) : key)),
  }));
}

function graphqlError({ message, path, extensions, subgraph }: LocatedError): GraphQLError {
  return new GraphQLError(message, { ...(path !== undefined && { path }), extensions: { ...extensions, subgraph } });
}
