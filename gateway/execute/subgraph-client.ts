import { REQUEST_ID_HEADER } from '../../wire/names.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { AbortNotice } from '../lib/abort-notice.ts';
import type { Stopwatch } from '../lib/clock.ts';
import { createConnections, type Connections } from './exchange/connections.ts';
import { exchange } from './exchange/exchange.ts';
import { openingOf, requestText } from './exchange/request-text.ts';
import type { HttpResponse } from './exchange/response-reader.ts';
import { parseSubgraphAnswer, type SubgraphAnswer } from './parse-subgraph-answer.ts';
import type { JsonReader } from './read/create-json-reader.ts';
import { failureOf, type FetchFailure } from './subgraph-failure.ts';

/** One request to a subgraph. */
export interface SubgraphFetch {
  /** The GraphQL request in JSON. */
  readonly body: string;
  readonly jsonReader: JsonReader;
  /** What may be sent again when it is not known whether it arrived, and what may not. */
  readonly operation: 'query' | 'mutation';
  /** What the subgraph is told of who asks: header fields as `fieldLines` gives them. */
  readonly fields: string;
  /** Sent along in its own header. */
  readonly requestId: string;
  /** Aborts when the client goes away. */
  readonly signal: AbortNotice;
  /** Asked when the answer is there: whether others than the one who asks read it too. */
  readonly isShared: () => boolean;
}

/** Told of each request to a subgraph: how it ended, how long it took, and how many bytes it brought. */
export type ObserveFetch = (
  subgraph: string,
  outcome: 'ok' | FetchFailure['kind'],
  seconds: number,
  bytes: number,
) => void;

/** A subgraph's answer, and where it is shared what it was read from: everyone else reads a copy of their own. */
export interface SubgraphReply {
  readonly answer: SubgraphAnswer;
  readonly bytes: Buffer | undefined;
}

/** The gateway's door to one subgraph. */
export interface SubgraphClient {
  /**
   * Asks the subgraph. Throws `SUBGRAPH_UNAVAILABLE`, `SUBGRAPH_TIMEOUT` or `SUBGRAPH_INVALID_RESPONSE`, each with
   * `fault: 'internal'`; errors inside of a well-formed answer are part of it.
   */
  readonly fetch: (request: SubgraphFetch) => Promise<SubgraphReply>;
  readonly close: () => void;
}

interface Options {
  readonly name: string;
  /** The instances of the subgraph; requests go round them. */
  readonly urls: readonly string[];
  readonly timeoutMs: number;
  /** Whether the subgraph judges credentials of the client, so that a 401 speaks to the client and not to the gateway. */
  readonly passesCredentials: boolean;
  readonly observe: ObserveFetch;
  readonly stopwatch: Stopwatch;
}

const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 2_000;
const CONNECTIONS = 128;

interface Instance {
  readonly connections: Connections;
  /** What every request to it begins with. */
  readonly opening: string;
}

/**
 * Opens the door to a subgraph: keep-alive connections to every instance, round robin. An instance that could not be connected
 * to is passed over for the next; one that dropped the connection too, but for queries only, as it may have acted on a mutation.
 */
export function createSubgraphClient(options: Options): SubgraphClient {
  const { name, timeoutMs, passesCredentials, observe, stopwatch } = options;
  const instances = options.urls.map((url) => openInstance(new URL(url), stopwatch));
  let next = 0;

  async function fetchFromAny(request: SubgraphFetch): Promise<SubgraphReply> {
    const attempts = Math.max(2, instances.length);
    for (let attempt = 1; ; attempt += 1) {
      const instance = instances[next++ % instances.length];
      if (instance === undefined) throw new Error(`no instance of subgraph "${name}" is known`);
      const result = await attemptOn(instance, request);
      if (result.kind === 'answered') return result.reply;
      const mayRetry = result.failure.isUnsent || (result.failure.isDropped && request.operation === 'query');
      if (!mayRetry || attempt === attempts) throw errorOf(name, result.failure);
    }
  }

  async function attemptOn({ connections, opening }: Instance, request: SubgraphFetch): Promise<Attempt> {
    const { fields, requestId, body, signal } = request;
    const startMs = stopwatch();
    const text = requestText(opening, `${fields}${REQUEST_ID_HEADER}: ${requestId}\r\n`, body);
    let bytes = 0;
    const read = (response: HttpResponse): Attempt => {
      bytes = response.bytes.length;
      return readAnswer(response, request, passesCredentials);
    };
    let attempt: Attempt;
    try {
      attempt = await exchange(connections, text, { signal, timeoutMs, read });
    } catch (error) {
      attempt = failed(error);
    }
    observe(name, attempt.kind === 'answered' ? 'ok' : attempt.failure.kind, (stopwatch() - startMs) / 1000, bytes);
    return attempt;
  }

  return {
    fetch: fetchFromAny,
    close: () => {
      for (const { connections } of instances) connections.close();
    },
  };
}

type Attempt =
  | { readonly kind: 'answered'; readonly reply: SubgraphReply }
  | { readonly kind: 'failed'; readonly failure: FetchFailure };

function openInstance(url: URL, clock: Stopwatch): Instance {
  const connections = createConnections({
    url,
    most: CONNECTIONS,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    clock,
  });
  return { connections, opening: openingOf(url) };
}

function failed(error: unknown): Attempt {
  return { kind: 'failed', failure: failureOf(error) };
}

function readAnswer(
  { status, bytes }: HttpResponse,
  { jsonReader, isShared }: SubgraphFetch,
  passesCredentials: boolean,
): Attempt {
  const answer = parseSubgraphAnswer(bytes, jsonReader);
  if (status === 401 && !passesCredentials)
    return { kind: 'failed', failure: failedAs('invalid', 'it refused the identity assertion (401)') };
  if (answer !== undefined)
    return { kind: 'answered', reply: { answer, bytes: isShared() ? Buffer.from(bytes) : undefined } };
  const isDown = status === 502 || status === 503 || status === 504;
  const reason = `status ${status}, and a body that is no GraphQL response`;
  return { kind: 'failed', failure: failedAs(isDown ? 'unavailable' : 'invalid', reason) };
}

function failedAs(kind: FetchFailure['kind'], reason: string): FetchFailure {
  return { kind, isUnsent: false, isDropped: false, cause: new Error(reason) };
}

const CODES = {
  unavailable: 'SUBGRAPH_UNAVAILABLE',
  timeout: 'SUBGRAPH_TIMEOUT',
  invalid: 'SUBGRAPH_INVALID_RESPONSE',
  cancelled: 'SUBGRAPH_UNAVAILABLE',
} as const;

function errorOf(name: string, { kind, cause }: FetchFailure): GatewayError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GatewayError(CODES[kind], `subgraph "${name}": ${reason}`, { fault: 'internal', cause });
}
