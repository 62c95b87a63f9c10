import { GraphQLSchema, Kind, type ExecutionArgs, type GraphQLError } from 'graphql';
import { makeServer, type Context, type Server, type SubscribePayload } from 'graphql-ws';
import type { ClientHeaders, ClientRequest, Operation, OperationResult } from '../context.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { AnswerQueue } from './answer-queue.ts';
import { atTime } from './at-time.ts';
import { CLOSE } from './close-codes.ts';
import { connectionHeaders } from './connection-headers.ts';
import type { EngineInForce } from './realtime-engine.ts';
import { inTurn, type SocketSession } from './socket-session.ts';
import type { TakeUp } from './take-up.ts';

interface Options {
  readonly engine: EngineInForce;
  readonly takeUp: TakeUp;
  readonly presentErrors: PresentErrors;
  readonly clock: Clock;
  readonly newRequestId: () => string;
}

type SocketContext = Context<Record<string, unknown>, SocketSession>;

const INIT_TIMEOUT_MS = 10_000;
const MAX_OPERATIONS = 100;

/**
 * Builds the server's side of graphql-transport-ws: who connects is authenticated once, each operation then walks the same steps
 * as over HTTP, and the socket closes when the credentials end.
 */
export function createProtocol(options: Options): Server<SocketSession> {
  return makeServer<Record<string, unknown>, SocketSession>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: (context) => connect(context, options),
    onSubscribe: (context, _id, payload) => begin(context, payload, options),
    execute: ({ contextValue }) => contextValue as OperationResult,
    subscribe: ({ contextValue }) => contextValue as AnswerQueue,
    onError: (_context, _id, _payload, errors) => errors.flatMap(reasonsOf).map((reason) => reason.toJSON()),
  });
}

async function connect({ connectionParams, extra: session }: SocketContext, options: Options): Promise<boolean> {
  const headers = connectionHeaders(session.upgradeHeaders, connectionParams);
  try {
    const request = requestOf(session, { headers, params: {} }, options);
    const caller = await options.engine.use(({ steps }) => steps.authenticate(request));
    const { signal } = session.gone;
    if (signal.aborted) return false;
    session.connection = { caller, headers };
    if (caller.expiresAtMs !== undefined) {
      const callOff = atTime(caller.expiresAtMs, options.clock, () => session.close(CLOSE.credentialsExpired));
      signal.addEventListener('abort', callOff);
    }
    return true;
  } catch (error) {
    const { errors } = options.presentErrors.thrown(error, options.newRequestId());
    session.close(closeFor(errors[0]?.extensions['code']));
    return false;
  }
}

function closeFor(code: unknown) {
  if (code === 'TOKEN_EXPIRED') return CLOSE.credentialsExpired;
  const isTheirs = code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' || code === 'BAD_USER_INPUT';
  return isTheirs ? CLOSE.credentialsRefused : CLOSE.tryAgainLater;
}

async function begin(
  { extra: session, subscriptions }: SocketContext,
  payload: SubscribePayload,
  options: Options,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { connection } = session;
  if (connection === undefined) throw new Error('an operation before the acknowledgement');
  const { caller, headers } = connection;
  const request = requestOf(session, { headers, params: paramsOf(payload) }, options);
  try {
    if (Object.keys(subscriptions).length > MAX_OPERATIONS)
      throw new GatewayError('RATE_LIMITED', `A socket runs at most ${MAX_OPERATIONS} operations at a time.`);
    return await options.engine.use(async (engine) => {
      const { operation, queue } = await inTurn(session, async () => {
        const prepared = { operation: await engine.steps.prepare(request, caller), caller, request };
        const isSubscription = prepared.operation.kind === 'subscription';
        return {
          ...prepared,
          queue: isSubscription
            ? await options.takeUp(prepared, engine, () => session.close(CLOSE.tooSlow))
            : undefined,
        };
      });
      return argsFor(operation, queue ?? (await engine.runPrepared({ operation, caller, request })));
    });
  } catch (error) {
    return options.presentErrors.thrown(error, request.requestId).errors;
  }
}

function requestOf(
  { gone: { signal } }: SocketSession,
  parts: { readonly headers: ClientHeaders; readonly params: ClientRequest['params'] },
  { newRequestId }: Options,
): ClientRequest {
  return { requestId: newRequestId(), transport: 'websocket', mayMutate: true, signal, ...parts };
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
