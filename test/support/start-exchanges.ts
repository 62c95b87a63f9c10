import { AbortSwitch, type AbortNotice } from '../../gateway/lib/abort-notice.ts';
import { createConnections, type Connections } from '../../gateway/execute/exchange/connections.ts';
import { exchange } from '../../gateway/execute/exchange/exchange.ts';
import { ExchangeFailure, type ExchangeEnd } from '../../gateway/execute/exchange/exchange-failure.ts';
import { fieldLines, openingOf, requestText } from '../../gateway/execute/exchange/request-text.ts';
import type { HttpResponse } from '../../gateway/execute/exchange/response-reader.ts';

/** Longer than any test: what must not end by a limit has this one. */
const NEVER_MS = 600_000;

interface Asking {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortNotice;
  readonly timeoutMs?: number;
}

/** The connections to a server, on a clock that stands still until it is moved. */
export interface Exchanges {
  readonly connections: Connections;
  readonly ask: (asking?: Asking) => Promise<HttpResponse>;
  readonly pass: (ms: number) => void;
}

/** Connects to a server as a subgraph is connected to, with fewer limits. */
export function startExchanges(url: URL, limits: { most?: number; connectTimeoutMs?: number } = {}): Exchanges {
  let nowMs = 0;
  const connections = createConnections({
    url,
    most: 8,
    connectTimeoutMs: NEVER_MS,
    maxResponseBytes: 1_000_000,
    clock: () => nowMs,
    ...limits,
  });
  return {
    connections,
    ask: ({ headers = {}, body = '{}', signal = new AbortSwitch(), timeoutMs = NEVER_MS } = {}) =>
      exchange(connections, requestText(openingOf(url), fieldLines(headers), body), {
        signal,
        timeoutMs,
        read: copyOf,
      }),
    pass: (ms) => void (nowMs += ms),
  };
}

function copyOf(response: HttpResponse): HttpResponse {
  return { ...response, bytes: Buffer.from(response.bytes) };
}

/** How an exchange ends; anything but an `ExchangeFailure` is thrown on. */
export async function endOf(asked: Promise<HttpResponse>): Promise<ExchangeEnd | 'answered'> {
  try {
    await asked;
    return 'answered';
  } catch (error) {
    if (error instanceof ExchangeFailure) return error.end;
    throw error;
  }
}

/** Lets some turns of the event loop pass, in which what has already come is read. */
export async function nextTurns(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
