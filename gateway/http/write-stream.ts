import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { OperationResult } from '../context.ts';
import { OperationRefused } from '../errors/gateway-error.ts';
import type { Refusal } from '../errors/present-errors.ts';
import type { StreamFormat } from '../respond/stream-format.ts';

/** Why answers do not go on, though there may be more. */
export interface StreamEnd {
  readonly error: unknown;
  /** Whether a new connection can go on where this one ends. */
  readonly isInterruption: boolean;
}

export interface AnswerStream {
  readonly format: StreamFormat;
  readonly answers: AsyncGenerator<OperationResult, undefined, undefined>;
  /** Aborts when nothing more may be sent; with a `StreamEnd` as its reason where the client is to be told. */
  readonly over: AbortSignal;
  readonly present: (thrown: unknown) => Refusal;
}

export interface StreamTimes {
  /** Between two signs of life. */
  readonly heartbeatMs: number;
  /** A client that takes nothing for so long is cut off. */
  readonly stalledMs: number;
  /** How long a client whose stream is interrupted waits before it connects again; drawn for each, so that not all come at once. */
  readonly retryMs: () => number;
}

/**
 * Writes answers into a response as they come, no faster than the client reads, until there are no more or `over` aborts. The answers
 * are let go of whichever way it ends.
 */
export async function writeStream(response: ServerResponse, stream: AnswerStream, times: StreamTimes): Promise<void> {
  const { format, answers, over } = stream;
  // As soon as possible to the client: no proxy may collect, and no algorithm wait for more. The connection ends with the stream.
  response.writeHead(200, { 'content-type': format.contentType, 'x-accel-buffering': 'no', connection: 'close' });
  response.socket?.setNoDelay(true);
  response.write(format.start);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(format.heartbeat);
  }, times.heartbeatMs);
  try {
    for await (const answer of untilOver(answers, over)) {
      if (!response.write(format.next(answer))) await drained(response, over, times.stalledMs);
    }
    end(response, () => (over.aborted ? lastWords(stream, times) : format.complete), times.stalledMs);
  } catch (error) {
    end(response, () => format.refused(errorsOf(error, stream)), times.stalledMs);
  } finally {
    clearInterval(heartbeat);
    await answers.return(undefined);
  }
}

/** An answer that is under way when the stream is over is not waited for. */
async function* untilOver<T>(answers: AsyncGenerator<T, undefined, undefined>, over: AbortSignal): AsyncGenerator<T> {
  /** Read through a call, because it changes while an answer is awaited. */
  const isOver = (): boolean => over.aborted;
  while (!isOver()) {
    const turn = await new Promise<IteratorResult<T, undefined> | undefined>((resolve, reject) => {
      const stop = (): void => resolve(undefined);
      over.addEventListener('abort', stop, { once: true });
      answers
        .next()
        .then(resolve, reject)
        .finally(() => over.removeEventListener('abort', stop));
    });
    if (turn === undefined || turn.done === true || isOver()) return;
    yield turn.value;
  }
}

async function drained(response: ServerResponse, over: AbortSignal, stalledMs: number): Promise<void> {
  const settled = new AbortController();
  const drain = new Promise<void>((resolve) => {
    response.once('drain', resolve);
    over.addEventListener('abort', () => resolve(), { once: true, signal: settled.signal });
  });
  const stall = wait(stalledMs, 'stalled' as const, { signal: settled.signal }).catch(() => undefined);
  const outcome = await Promise.race([drain, stall]);
  settled.abort();
  if (outcome === 'stalled') response.destroy();
}

function lastWords(stream: AnswerStream, { retryMs }: StreamTimes): string {
  const { over, format } = stream;
  const { error, isInterruption } = over.reason as StreamEnd;
  const errors = errorsOf(error, stream);
  return isInterruption ? format.interrupted(errors, retryMs()) : format.refused(errors);
}

/** What an operation was refused with has been put into words for the client already. */
function errorsOf(error: unknown, { present }: AnswerStream): Refusal['errors'] {
  return error instanceof OperationRefused ? error.errors : present(error).errors;
}

/** Who does not even read the last words is cut off. */
function end(response: ServerResponse, lastWords: () => string, stalledMs: number): void {
  if (response.destroyed) return;
  const timer = setTimeout(() => response.destroy(), stalledMs);
  timer.unref();
  response.once('close', () => clearTimeout(timer));
  response.end(lastWords());
}
