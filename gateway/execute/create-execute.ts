import { GraphQLError, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Caller, ClientRequest, Operation, WrittenResult } from '../context.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { AbortNotice } from '../lib/abort-notice.ts';
import { createInFlight } from '../lib/share-in-flight.ts';
import type { CompiledPlan } from '../plan/compiled-plan.ts';
import { createAnswerInParts } from './answer-in-parts.ts';
import { createClientPath } from './client-path.ts';
import { compileProjection } from './compile-projection.ts';
import type { Sender, Senders } from './create-send.ts';
import { atClientPaths, graphqlError } from './error-places.ts';
import type { Answered, Project } from './projection.ts';
import type { LocatedError } from './result-tree.ts';
import { runPlan } from './run-plan.ts';
import type { Send } from './run.ts';

interface Options {
  /** What clients may ask, and what they may be given. */
  readonly apiSchema: GraphQLSchema;
  readonly sender: Senders;
  /** Tells apart all clients that subgraphs may tell apart; undefined where that is not known. */
  readonly senderKey: ((sender: Pick<Sender, 'caller' | 'request'>) => string) | undefined;
  readonly presentErrors: Pick<PresentErrors, 'executed'>;
}

type Execute = (
  plan: CompiledPlan,
  operation: Operation,
  caller: Caller,
  request: ClientRequest,
) => Promise<WrittenResult>;

/** What became of an operation, before its errors are put into words for each who asked. */
interface Ran {
  readonly result: WrittenResult;
  readonly errors: readonly LocatedError[];
}

const MAX_PROJECTIONS = 2_000;

/**
 * Builds the executing step: runs the plan over the subgraphs, then gives what they answered the shape that the client asked for.
 * Who may ask what was decided before. Equal queries that are under way at the same time run once, where the callers are one and
 * the same to every subgraph; none joins a query that began before a mutation ended, so that whoever changes something and then
 * reads it finds it changed.
 */
export function createExecute({ apiSchema, sender, senderKey, presentErrors }: Options): Execute {
  const projections = new LRUCache<string, Project>({ max: MAX_PROJECTIONS });
  const inFlight = createInFlight<Ran>();
  const idOf = createPlanIds();
  const answerInParts = createAnswerInParts(apiSchema);
  const projectionOf = (operation: Operation): Project => {
    const known = projections.get(operation.key);
    if (known !== undefined) return known;
    const project = compileProjection(apiSchema, operation);
    if (operation.isNew !== true) projections.set(operation.key, project);
    return project;
  };

  async function run(plan: CompiledPlan, operation: Operation, from: Sender): Promise<Ran> {
    const answered = await runPlan(plan, operation.variables, sender.onBehalfOf(from));
    const projected = projectionOf(operation)(atPathsOfClient(answered, operation), operation.variables);
    const { data, errors: located, answer: bytes } = projected;
    return { errors: located, result: bytes === undefined ? { data } : { data, bytes } };
  }

  function atPathsOfClient(answered: Answered, operation: Operation): Answered {
    if (answered.errors.length === 0) return answered;
    const clientPath = createClientPath({ schema: apiSchema, ...operation }, answered.tree);
    return { ...answered, errors: atClientPaths(answered.errors, clientPath) };
  }

  async function runShared(plan: CompiledPlan, operation: Operation, from: Sender): Promise<Ran> {
    const { kind, isNew } = operation;
    if (kind !== 'query' || isNew === true || from.request.transport !== 'http' || senderKey === undefined)
      return run(plan, operation, from);
    const key = { found: `${idOf(plan)} ${senderKey(from)}\0${textOf(operation.variables)}`, compared: '' };
    const begin = (signal: AbortNotice) => run(plan, operation, { ...from, signal });
    return (await inFlight.share(key, from.signal, begin)).value;
  }

  function renewAfter({ kind }: Operation): void {
    if (kind !== 'mutation') return;
    inFlight.renew();
    sender.renew();
  }

  return async (plan, operation, caller, request) => {
    const { signal, requestId, parts } = request;
    const { deferral } = operation;
    const from = { caller, request, signal };
    const present = (errors: readonly GraphQLError[]) => presentErrors.executed(errors, requestId);
    if (deferral !== undefined && plan.deferred !== undefined && parts !== undefined) {
      const onFirst = (): void => renewAfter(operation);
      const sendUntil = (until: AbortNotice) => withRenewal(sender.onBehalfOf({ ...from, signal: until }), sender);
      const result = await answerInParts({ plan, operation, deferral, sendUntil, parts, signal, present, onFirst });
      return signal.aborted ? CANCELLED : result;
    }
    try {
      const { result, errors } = await runShared(plan, operation, from);
      if (signal.aborted) return CANCELLED;
      return errors.length === 0 ? result : { ...result, errors: present(errors.map(graphqlError)) };
    } finally {
      renewAfter(operation);
    }
  };
}

/** What a mutation defers is asked for after it: that joins no query that was sent before it ended. */
function withRenewal(send: Send, { renew }: Senders): Send {
  return async (fetch, variables) => {
    try {
      return await send(fetch, variables);
    } finally {
      if (fetch.operation === 'mutation') renew();
    }
  };
}

/** Most operations have none. */
function textOf(variables: Operation['variables']): string {
  for (const _name in variables) return JSON.stringify(variables);
  return '';
}

/** Gives each plan a number of its own, for as long as it is remembered. */
function createPlanIds(): (plan: CompiledPlan) => number {
  const ids = new WeakMap<CompiledPlan, number>();
  let last = 0;
  return (plan) => {
    const known = ids.get(plan);
    if (known !== undefined) return known;
    ids.set(plan, (last += 1));
    return last;
  };
}

/** Nobody reads it, and nobody is to blame for what ended with the client. */
const CANCELLED: WrittenResult = {
  errors: [new GraphQLError('The client has gone.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })],
};
