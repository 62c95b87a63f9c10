import type { Identity } from '../../wire/identity.ts';
import type { ErrorCode } from '../../wire/names.ts';
import type { Caller, ClientRequest, OperationResult } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { StreamEnd } from '../http/write-stream.ts';
import type { Clock } from '../lib/clock.ts';
import type { AnswerQueue } from './answer-queue.ts';
import { atTime } from './at-time.ts';
import type { ClientRegistry, LiveClient } from './client-registry.ts';
import { CLOSE, type Close } from './close-codes.ts';
import type { EngineInForce } from './realtime-engine.ts';
import type { RealtimeMetrics } from './realtime-metrics.ts';
import type { TakeUp } from './take-up.ts';

/** What an operation gives: one answer, or one after the other until the queue is ended. */
export type Opened =
  | { readonly kind: 'single'; readonly result: OperationResult }
  | { readonly kind: 'many'; readonly answers: AnswerQueue };

/** The client of an operation, whose answers go out in the body of one HTTP response. */
export interface StreamClient {
  /** Where it is, as far as the proxies in front can be believed. */
  readonly address: string;
  /** Aborts when nothing more may be sent, or nobody is there any more. */
  readonly over: AbortSignal;
  /** Called when a subscription must not go on; `over` aborts with it. */
  readonly end: (reason: StreamEnd) => void;
}

/** Runs an operation for a client that takes answers that come one after the other. Throws what the client is refused with. */
export type OpenStream = (request: ClientRequest, client: StreamClient) => Promise<Opened>;

interface Options {
  readonly engine: EngineInForce;
  readonly registry: ClientRegistry;
  readonly takeUp: TakeUp;
  readonly isRevoked: (identity: Identity) => boolean;
  /** How many answers may wait for a client to take them. */
  readonly maxWaitingAnswers: number;
  readonly clock: Clock;
  readonly metrics: Pick<RealtimeMetrics, 'streamOpened' | 'streamClosed'>;
}

export interface Streams {
  readonly open: OpenStream;
  /** Opens none from now on. */
  readonly refuse: () => void;
}

/** Builds what opens streams: a stream has its place among the sockets, and lives and ends as a socket with one subscription does. */
export function createStreams(options: Options): Streams {
  const { engine: inForce, registry, takeUp, isRevoked, clock, metrics } = options;
  let isRefusing = false;

  const refusalOf = (client: LiveClient, identity: Identity): Close | undefined => {
    if (isRefusing) return CLOSE.serviceRestart;
    if (!registry.open(client)) return CLOSE.tooManyOfAddress;
    return registry.identify(client, identity) ? undefined : CLOSE.tooManyOfIdentity;
  };

  /** Gives a stream its place until it is over; returns what ends it. Throws `RATE_LIMITED` or `GOING_AWAY` when there is none. */
  const admit = ({ address, over, end }: StreamClient, { expiresAtMs, identity }: Caller): ((why: Close) => void) => {
    let reason: Close | undefined;
    const close = (why: Close): void => {
      reason ??= why;
      end(endOf(reason));
    };
    const client: LiveClient = { address, close, gone: over, operations: {} };
    const leave = (): void => {
      registry.close(client);
      metrics.streamClosed(reason?.name ?? 'client');
    };
    metrics.streamOpened();
    const refusal = refusalOf(client, identity);
    if (refusal !== undefined) {
      reason = refusal;
      leave();
      throw endOf(refusal).error;
    }
    if (over.aborted) leave();
    else over.addEventListener('abort', leave);
    // The session may have ended while the stream could not be found by it.
    if (isRevoked(identity)) close(CLOSE.sessionEnded);
    else if (expiresAtMs !== undefined) {
      const callOff = atTime(expiresAtMs, clock, () => close(CLOSE.credentialsExpired));
      over.addEventListener('abort', callOff);
    }
    return close;
  };

  return {
    open: (request, client) =>
      inForce.use(async (engine): Promise<Opened> => {
        const caller = await engine.steps.authenticate(request);
        const operation = await engine.steps.prepare(request, caller);
        const prepared = { operation, caller, request };
        if (operation.kind !== 'subscription') return { kind: 'single', result: await engine.runPrepared(prepared) };
        const close = admit(client, caller);
        const answers = await takeUp(prepared, engine, {
          backlog: { limit: options.maxWaitingAnswers, waiting: 0 },
          subscriptions: new Set(),
          onOverflow: () => close(CLOSE.tooSlow),
        });
        return { kind: 'many', answers };
      }),
    refuse() {
      isRefusing = true;
    },
  };
}

/** What a close code says to a socket, an error says to a stream. */
function endOf(close: Close): StreamEnd {
  const code =
    close === CLOSE.credentialsExpired ? 'TOKEN_EXPIRED' : (ERRORS.get(close.code) ?? 'INTERNAL_SERVER_ERROR');
  return { error: new GatewayError(code, close.reason), isInterruption: code === 'GOING_AWAY' };
}

const ERRORS: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [1001, 'GOING_AWAY'],
  [1012, 'GOING_AWAY'],
  [4403, 'UNAUTHENTICATED'],
  [4408, 'RATE_LIMITED'],
  [4430, 'RATE_LIMITED'],
  [4431, 'RATE_LIMITED'],
]);
