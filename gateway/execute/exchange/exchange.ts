import type { AbortNotice } from '../../lib/abort-notice.ts';
import type { Connection, Waiting } from './connection.ts';
import type { Connections } from './connections.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import type { RequestText } from './request-text.ts';
import type { HttpResponse } from './response-reader.ts';

interface Limits {
  /** Ends the exchange when nobody waits for it any more. */
  readonly signal: AbortNotice;
  readonly timeoutMs: number;
}

/**
 * Sends a request, and gives what `read` makes of the whole response, which is there only as long as it is read. Rejects with what
 * `read` throws, or with an `ExchangeFailure`: at once when we end it, even while it waits for a connection.
 */
export function exchange<Value>(
  connections: Connections,
  text: RequestText,
  asked: Limits & { readonly read: (response: HttpResponse) => Value },
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const readIt = (response: HttpResponse): void => {
      try {
        resolve(asked.read(response));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    if (asked.signal.aborted) reject(cancelled());
    else connections.send(new Exchange(text, asked, { resolve: readIt, reject }));
  });
}

interface Outcome {
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (failure: ExchangeFailure) => void;
}

/** One request under way. */
class Exchange implements Waiting {
  readonly text: RequestText;
  readonly #signal: AbortNotice;
  readonly #outcome: Outcome;
  readonly #timer: NodeJS.Timeout;
  readonly #cancel = (): void => this.#giveUp(cancelled());
  connection: Connection | undefined = undefined;
  isSettled = false;

  constructor(text: RequestText, { signal, timeoutMs }: Limits, outcome: Outcome) {
    this.text = text;
    this.#signal = signal;
    this.#outcome = outcome;
    this.#timer = setTimeout(() => this.#giveUp(timedOut()), timeoutMs);
    signal.addEventListener('abort', this.#cancel, { once: true });
  }

  onResponse(response: HttpResponse): void {
    this.#settle();
    this.#outcome.resolve(response);
  }

  onFailure(failure: ExchangeFailure): void {
    this.#settle();
    this.#outcome.reject(failure);
  }

  #giveUp(failure: ExchangeFailure): void {
    this.connection?.destroy();
    this.onFailure(failure);
  }

  #settle(): void {
    this.isSettled = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#cancel);
  }
}

function cancelled(): ExchangeFailure {
  return new ExchangeFailure('cancelled', 'the client has gone');
}

function timedOut(): ExchangeFailure {
  return new ExchangeFailure('timeout', 'the time for an answer is over');
}
