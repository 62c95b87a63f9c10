import type { Dispatcher } from 'undici';
import type { AbortNotice } from '../lib/abort-notice.ts';

/** One HTTP request by POST. */
export interface ExchangeRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** One whole HTTP response. */
export interface ExchangeReply {
  readonly status: number;
  readonly bytes: Buffer;
}

interface Limits {
  /** Ends the exchange when nobody waits for it any more. */
  readonly signal: AbortNotice;
  readonly timeoutMs: number;
}

/** What an exchange that one of us ended rejects with. */
export const TIMED_OUT = new Error('the time for an answer is over');
export const CLIENT_GONE = new Error('the client has gone');

/**
 * Sends a request and gathers the response, over undici's lowest level, which needs neither streams nor signals. Rejects with `TIMED_OUT`, `CLIENT_GONE`, or undici's error.
 */
export function exchange(pool: Dispatcher, request: ExchangeRequest, limits: Limits): Promise<ExchangeReply> {
  return new Promise((resolve, reject) => {
    const { signal, timeoutMs } = limits;
    if (signal.aborted) {
      reject(CLIENT_GONE);
      return;
    }
    const giveUp = (): void => reception.giveUp(CLIENT_GONE);
    const timer = setTimeout(() => reception.giveUp(TIMED_OUT), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    };
    const reception = new Reception(
      (reply) => {
        settle();
        resolve(reply);
      },
      (error) => {
        settle();
        reject(error);
      },
    );
    signal.addEventListener('abort', giveUp, { once: true });
    pool.dispatch({ method: 'POST', ...request }, reception);
  });
}

/** Gathers one response. What comes after it was given up is not heard. */
class Reception implements Dispatcher.DispatchHandler {
  readonly #replied: (reply: ExchangeReply) => void;
  readonly #failed: (error: Error) => void;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #givenUp: Error | undefined;

  constructor(replied: (reply: ExchangeReply) => void, failed: (error: Error) => void) {
    this.#replied = replied;
    this.#failed = failed;
  }

  /** At once, even while the request waits for a connection. */
  giveUp(reason: Error): void {
    this.#givenUp = reason;
    this.#controller?.abort(reason);
    this.#failed(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#givenUp !== undefined) controller.abort(this.#givenUp);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, ...more] = this.#chunks;
    const bytes = first === undefined || more.length > 0 ? Buffer.concat(this.#chunks) : first;
    this.#replied({ status: this.#status, bytes });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#givenUp === undefined) this.#failed(error);
  }
}
