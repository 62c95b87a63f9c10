import type { Identity } from '../../wire/identity.ts';
import type { ErrorCode } from '../../wire/names.ts';
import type { Caller, ClientRequest, OperationResult } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { StreamEnd } from '../http/write-stream.ts';
import type { AbortNotice } from '../lib/abort-notice.ts';
import type { Clock } from '../lib/clock.ts';
import type { AnswerQueue } from './answer-queue.ts';
import { atTime } from './at-time.ts';
import { CLOSE, type Close } from './close-codes.ts';
import type { EngineInForce } from './realtime-engine.ts';
import type { TakeUp } from './take-up.ts';

/** What an operation gives: one answer, or one after the other until the queue is ended. */
export type Opened =
  | { readonly kind: 'single'; readonly result: OperationResult }
  | { readonly kind: 'many'; readonly answers: AnswerQueue };

/**
 * Runs an operation for a client that takes its answers in the body of one HTTP response. `end` is called when a subscription must
 * not go on. Throws what the client is refused with.
 */
export type OpenStream = (request: ClientRequest, end: (reason: StreamEnd) => void) => Promise<Opened>;

interface Options {
  readonly engine: EngineInForce;
  readonly takeUp: TakeUp;
  readonly isRevoked: (identity: Identity) => boolean;
  /** How many answers may wait for a client to take them. */
  readonly maxWaitingAnswers: number;
  readonly clock: Clock;
}

export interface Streams {
  readonly open: OpenStream;
  /** Ends all that are open, and refuses further ones, for the reason that a socket would be closed with. */
  readonly stop: (close: Close) => void;
  /** Ends those of one session of a person. */
  readonly endSignIn: (sessionId: string, close: Close) => void;
}

/** Builds what opens streams: a stream lives and ends as a socket with one subscription does. */
export function createStreams({ engine: inForce, takeUp, isRevoked, maxWaitingAnswers, clock }: Options): Streams {
  const live = new Map<(close: Close) => void, Identity>();
  let stopped: Close | undefined;

  const watch = (signal: AbortNotice, { expiresAtMs, identity }: Caller, close: (close: Close) => void): void => {
    live.set(close, identity);
    signal.addEventListener('abort', () => live.delete(close));
    // The session may have ended while the stream could not be found by it.
    if (isRevoked(identity)) close(CLOSE.sessionEnded);
    if (expiresAtMs === undefined) return;
    const callOff = atTime(expiresAtMs, clock, () => close(CLOSE.credentialsExpired));
    signal.addEventListener('abort', callOff);
  };

  const open: OpenStream = async (request, end) => {
    const close = (reason: Close): void => end(endOf(reason));
    const opened = await inForce.use(async (engine): Promise<Opened> => {
      const caller = await engine.steps.authenticate(request);
      const operation = await engine.steps.prepare(request, caller);
      const prepared = { operation, caller, request };
      if (operation.kind !== 'subscription') return { kind: 'single', result: await engine.runPrepared(prepared) };
      if (stopped !== undefined) throw endOf(stopped).error;
      const answers = await takeUp(prepared, engine, {
        backlog: { limit: maxWaitingAnswers, waiting: 0 },
        subscriptions: new Set(),
        onOverflow: () => close(CLOSE.tooSlow),
      });
      if (!request.signal.aborted) watch(request.signal, caller, close);
      return { kind: 'many', answers };
    });
    if (stopped !== undefined) close(stopped);
    return opened;
  };

  return {
    open,
    stop(reason) {
      stopped = reason;
      for (const close of live.keys()) close(reason);
    },
    endSignIn(sessionId, reason) {
      for (const [close, identity] of live)
        if (identity.kind !== 'anonymous' && identity.sessionId === sessionId) close(reason);
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
]);
