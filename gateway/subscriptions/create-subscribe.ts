import { getArgumentValues, type GraphQLSchema } from 'graphql';
import type { Caller, ClientRequest, Operation, OperationResult } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { Prepared } from '../pipeline.ts';
import { createAnswerQueue, type AnswerQueue } from './answer-queue.ts';
import { createEventQuery } from './event-query.ts';
import { eventSources, type EventSource } from './event-sources.ts';
import { rootFieldOf, type RootField } from './root-field.ts';
import type { Subscriber, SubscriberIndex } from './subscriber-index.ts';

interface Options {
  /** The supergraph as written. */
  readonly schema: GraphQLSchema;
  readonly index: SubscriberIndex;
  /** Authorizes, plans and executes. */
  readonly runPrepared: (prepared: Prepared) => Promise<OperationResult>;
  readonly presentErrors: PresentErrors;
  /** Client headers that subgraphs see, and that therefore tell answers apart. */
  readonly forwardHeaders: readonly string[];
  readonly newRequestId: () => string;
  /** Aborts what events ask when the gateway stops; a client that leaves must not, because others may share the answer. */
  readonly signal: AbortSignal;
}

/** Takes up an authorized subscription; its answers come until the queue is ended. */
export type Subscribe = (prepared: Prepared, onOverflow: () => void) => AnswerQueue;

/** An answer for each of so many events may wait for a client; a phone that sleeps for a moment stays well below. */
const MAX_WAITING = 1_000;

/** Builds what takes up subscriptions to fields with an event source. Throws for a supergraph whose event sources do not hold. */
export function createSubscribe(options: Options): Subscribe {
  const { schema, index } = options;
  const sources = eventSources(schema);

  return (prepared, onOverflow) => {
    const { root, source } = sourceFor(prepared.operation, sources);
    const { identity } = prepared.caller;
    const queue = createAnswerQueue({ limit: MAX_WAITING, onOverflow, onEnd: () => index.remove(subscriber) });
    const subscriber: Subscriber = {
      interest: {
        type: source.type,
        // An audience holds users: nobody else is ever in it, whatever their name.
        user: identity.kind === 'user' ? identity.subject : '',
        subject: subjectOf(schema, root, { source, variables: prepared.operation.variables }),
      },
      shareKey: shareKeyOf(prepared, options.forwardHeaders),
      resolve: createResolve(prepared, { root, source }, options),
      push: queue.push,
    };
    if (identity.kind === 'user') index.add(subscriber);
    return queue;
  };
}

function sourceFor(operation: Operation, sources: ReadonlyMap<string, EventSource>) {
  const root = rootFieldOf(operation);
  if (root === undefined) throw new GatewayError('BAD_USER_INPUT', 'The subscription selects nothing.');
  const source = sources.get(root.name);
  if (source === undefined)
    throw new GatewayError('BAD_USER_INPUT', `The subscription field "${root.name}" has no event source.`);
  return { root, source };
}

interface Narrowing {
  readonly source: EventSource;
  readonly variables: Operation['variables'];
}

function subjectOf(schema: GraphQLSchema, root: RootField, { source, variables }: Narrowing): string | undefined {
  const field = schema.getSubscriptionType()?.getFields()[root.name];
  if (field === undefined || source.subjectArgument === undefined) return undefined;
  const subject = getArgumentValues(field, root.node, variables)[source.subjectArgument];
  return typeof subject === 'string' ? subject : undefined;
}

/** Whatever an answer depends on besides the event: leaving anything out would show one caller what another may see. */
function shareKeyOf({ operation, caller, request }: Prepared, forwardHeaders: readonly string[]): string {
  const headers = forwardHeaders.map((name) => request.headers[name] ?? null);
  return JSON.stringify([caller.key, operation.key, operation.variables, headers]);
}

function createResolve(
  { operation, caller, request }: Prepared,
  { root, source }: { root: RootField; source: EventSource },
  options: Pick<Options, 'runPrepared' | 'presentErrors' | 'newRequestId' | 'signal'>,
): Subscriber['resolve'] {
  const queryFor = createEventQuery(operation, root, source);
  return async (event) => {
    const own = { ...request, requestId: options.newRequestId(), mayMutate: false, signal: options.signal };
    const result = await ask({ operation: queryFor(event[source.by]), caller, request: own }, options);
    const isNothing = result.errors === undefined && (result.data?.[root.responseKey] ?? null) === null;
    if (isNothing) return undefined;
    // The subscription's field is non-null where the query's is not.
    return (result.data?.[root.responseKey] ?? null) === null ? { ...result, data: null } : result;
  };
}

async function ask(
  prepared: { operation: Operation; caller: Caller; request: ClientRequest },
  { runPrepared, presentErrors }: Pick<Options, 'runPrepared' | 'presentErrors'>,
): Promise<OperationResult> {
  try {
    return await runPrepared(prepared);
  } catch (error) {
    return { data: null, errors: presentErrors.thrown(error, prepared.request.requestId).errors };
  }
}
