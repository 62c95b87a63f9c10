import { GraphQLSchema, Kind, type ExecutionArgs, type GraphQLError } from 'graphql';
import { makeServer, type Context, type Server, type SubscribePayload } from 'graphql-ws';
import type { ClientRequest, Operation, OperationResult } from '../context.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { Prepared } from '../pipeline.ts';
import type { AnswerQueue } from './answer-queue.ts';
import { CLOSE } from './close-codes.ts';
import type { EventWindow } from './event-window.ts';
import type { EngineInForce, RealtimeEngine } from './realtime-engine.ts';
import type { RealtimeMetrics } from './realtime-metrics.ts';
import type { SocketIdentity } from './socket-identity.ts';
import type { SocketLimits } from './socket-limits.ts';
import { socketRequest } from './socket-request.ts';
import { inTurn, type SocketSession } from './socket-session.ts';
import type { TakeUp } from './take-up.ts';

export interface ProtocolOptions {
  readonly engine: EngineInForce;
  readonly identity: SocketIdentity;
  readonly takeUp: TakeUp;
  readonly window: Pick<EventWindow, 'head'>;
  /** Resolves when events arrive; rejects when they cannot be had. */
  readonly eventsArrive: () => Promise<void>;
  readonly limits: Pick<SocketLimits, 'initTimeoutMs' | 'maxOperations'>;
  readonly presentErrors: PresentErrors;
  readonly newRequestId: () => string;
  readonly metrics: RealtimeMetrics;
}

type SocketContext = Context<Record<string, unknown>, SocketSession>;

/**
 * Builds the server's side of graphql-transport-ws: who connects is authenticated once, each operation then walks the same steps
 * as over HTTP, and the socket closes when the credentials end.
 */
export function createProtocol(options: ProtocolOptions): Server<SocketSession> {
  const { identity, limits } = options;
  return makeServer<Record<string, unknown>, SocketSession>({
    connectionInitWaitTimeout: limits.initTimeoutMs,
    onConnect: async ({ connectionParams, extra: session, subscriptions }) => {
      session.operations = subscriptions;
      session.lastEventId = connectionParams?.['lastEventId'];
      return (await identity.connect(session, connectionParams)) && acknowledgement(session, options);
    },
    onSubscribe: (context, _id, payload) => begin(context, payload, options),
    execute: ({ contextValue }) => contextValue as OperationResult,
    subscribe: ({ contextValue }) => contextValue as AnswerQueue,
    onError: (_context, _id, _payload, errors) => errors.flatMap(reasonsOf).map((reason) => reason.toJSON()),
  });
}

/** Tells where the log is now, so that a client which is cut off before its first event can resume as well. */
async function acknowledgement(
  { connection }: SocketSession,
  { window, eventsArrive }: ProtocolOptions,
): Promise<true | { readonly eventId: string }> {
  if (connection?.caller.identity.kind !== 'user') return true;
  await eventsArrive().catch(() => undefined);
  const head = window.head();
  return head === undefined || { eventId: head.cursor };
}

async function begin(
  { extra: session, subscriptions }: SocketContext,
  payload: SubscribePayload,
  options: ProtocolOptions,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const requestId = options.newRequestId();
  try {
    const { maxOperations } = options.limits;
    if (Object.keys(subscriptions).length > maxOperations) {
      options.metrics.operationRefused();
      throw new GatewayError('RATE_LIMITED', `A socket runs at most ${maxOperations} operations at a time.`);
    }
    return await options.engine.use(async (engine) => {
      const { prepared, queue } = await inTurn(session, () =>
        take(session, engine, { requestId, params: paramsOf(payload) }, options),
      );
      return argsFor(prepared.operation, queue ?? (await engine.runPrepared(prepared)));
    });
  } catch (error) {
    return options.presentErrors.thrown(error, requestId).errors;
  }
}

interface Taken {
  readonly prepared: Prepared;
  readonly queue: AnswerQueue | undefined;
}

/** Prepares an operation for whom the socket speaks for when its turn comes; a subscription is taken up at once. */
async function take(
  session: SocketSession,
  engine: RealtimeEngine,
  parts: Pick<ClientRequest, 'params' | 'requestId'>,
  options: ProtocolOptions,
): Promise<Taken> {
  const { connection } = session;
  if (connection === undefined) throw new Error('an operation before the acknowledgement');
  const { caller, headers } = connection;
  const request = socketRequest(session, { headers, ...parts });
  const operation = await engine.steps.prepare(request, caller);
  const prepared = { operation, caller, request };
  if (operation.kind !== 'subscription') return { prepared, queue: undefined };
  const { backlog, subscriptions, lastEventId } = session;
  const onOverflow = (): void => session.close(CLOSE.tooSlow);
  return {
    prepared,
    queue: await options.takeUp(prepared, engine, { backlog, subscriptions, lastEventId, onOverflow }),
  };
}

/** The protocol demands a query; clients that send the hash of a persisted one alone leave it empty. */
function paramsOf({ query, operationName, variables, extensions }: SubscribePayload): ClientRequest['params'] {
  return {
    query: query === '' ? undefined : query,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

/** The library keeps what it is given for as long as a subscription lives, and a schema would outlive its supergraph. */
const NO_SCHEMA = new GraphQLSchema({});

/** The library wants to know what kind of operation it is; the answer is made already, and travels as the context. */
function argsFor({ definition, name }: Operation, answer: OperationResult | AnswerQueue) {
  return {
    schema: NO_SCHEMA,
    document: { kind: Kind.DOCUMENT, definitions: [definition] } as const,
    operationName: name,
    contextValue: answer,
  };
}

/** A subscription that ends with errors throws them as one. */
function reasonsOf(error: GraphQLError): readonly GraphQLError[] {
  return error.originalError instanceof OperationRefused ? error.originalError.errors : [error];
}
