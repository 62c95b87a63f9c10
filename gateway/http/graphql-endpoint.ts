import type { IncomingMessage, ServerResponse } from 'node:http';
import { REQUEST_ID_HEADER } from '../../wire/names.ts';
import type { ClientHeaders, ClientRequest, WrittenResult } from '../context.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import { AbortSwitch } from '../lib/abort-notice.ts';
import type { Stopwatch } from '../lib/clock.ts';
import type { FinishFirst } from '../lib/finish-first.ts';
import type { HttpAnswer, Outcome } from '../respond/create-respond.ts';
import type { StreamFormat } from '../respond/stream-format.ts';
import type { AnswerInStream } from './answer-in-stream.ts';
import type { Cors } from './cors.ts';
import type { Handler } from './handler.ts';
import type { OpenParts } from './open-parts.ts';
import { readParams } from './read-params.ts';
import type { HeaderList } from './secured-response.ts';

type HeadersByName = Readonly<Record<string, string>>;

interface Received {
  readonly requestId: string;
  readonly receivedMs: number;
  /** The headers of every answer to it. */
  readonly ofAll: HeadersByName;
}

type From = Pick<ClientRequest, 'requestId' | 'receivedMs' | 'transport' | 'signal' | 'parts'>;

interface Options {
  readonly run: (request: ClientRequest) => Promise<WrittenResult>;
  readonly respond: (outcome: Outcome, accept: string | undefined) => HttpAnswer;
  /** The format in which a client takes answers that come one after the other; undefined when it takes one alone. */
  readonly acceptedStream: (accept: string | undefined) => StreamFormat | undefined;
  readonly answerInStream: AnswerInStream;
  /** For clients that take an answer in pieces: what takes them; undefined for others. */
  readonly openParts: OpenParts;
  readonly presentErrors: PresentErrors;
  readonly requestId: (header: string | string[] | undefined) => string;
  readonly cors: Cors;
  readonly maxBodyBytes: number;
  readonly stopwatch: Stopwatch;
  readonly begin: FinishFirst['begin'];
}

/** Builds `/graphql`: GraphQL over HTTP, by POST with a JSON body and, for queries and event streams, by GET. */
export function createGraphqlEndpoint(options: Options): Handler {
  const { run, respond, cors, presentErrors, maxBodyBytes, stopwatch, begin } = options;

  async function answerOf(
    request: IncomingMessage,
    response: ServerResponse,
    { requestId, receivedMs, ofAll }: Received,
  ): Promise<HttpAnswer | undefined> {
    const abort = new AbortSwitch();
    response.once('close', () => {
      if (!response.writableFinished) abort.abort();
    });
    const parted = options.openParts(response, request.headers.accept);
    if (parted !== undefined) setAll(response, ofAll);
    const from = { requestId, receivedMs, transport: 'http', signal: abort } as const;
    const outcome = await outcomeOf(request, parted === undefined ? from : { ...from, parts: parted.parts });
    if (parted?.isBegun() !== true) return respond(outcome, request.headers.accept);
    parted.end(outcome.kind === 'ran' ? undefined : outcome.refusal.errors);
    return undefined;
  }

  async function outcomeOf(request: IncomingMessage, from: From): Promise<Outcome> {
    try {
      return { kind: 'ran', result: await run(await read(request, from)) };
    } catch (error) {
      return { kind: 'refused', refusal: presentErrors.thrown(error, from.requestId) };
    }
  }

  const read = (request: IncomingMessage, from: From) => readRequest(request, from, maxBodyBytes);

  async function answer(request: IncomingMessage, response: ServerResponse, receivedMs: number): Promise<void> {
    // Who has gone while they waited is not read any more.
    if (response.destroyed) return;
    const requestId = options.requestId(request.headers[REQUEST_ID_HEADER]);
    const ofAll: HeadersByName = { [REQUEST_ID_HEADER]: requestId, ...cors.headersFor(request) };
    const preflight = cors.preflightFor(request);
    if (preflight !== undefined) return void response.writeHead(204, { ...ofAll, ...preflight }).end();
    const format = options.acceptedStream(request.headers.accept);
    const received = { requestId, receivedMs, ofAll };
    const answered = await (format === undefined
      ? answerOf(request, response, received)
      : streamOf(request, response, { format, ...received }));
    if (answered !== undefined) write(request, response, { answer: answered, ofAll });
  }

  function streamOf(
    request: IncomingMessage,
    response: ServerResponse,
    { format, requestId, receivedMs, ofAll }: Received & { readonly format: StreamFormat },
  ): Promise<HttpAnswer | undefined> {
    setAll(response, ofAll);
    return options.answerInStream(request, response, {
      format,
      requestId,
      read: async (signal) =>
        resumed(await read(request, { requestId, receivedMs, transport: 'http-stream', signal }), request),
    });
  }

  return (request, response) => {
    const receivedMs = stopwatch();
    return begin(() => answer(request, response, receivedMs));
  };
}

async function readRequest(request: IncomingMessage, from: From, maxBodyBytes: number): Promise<ClientRequest> {
  const params = await readParams(request, maxBodyBytes);
  return { mayMutate: request.method === 'POST', headers: headersOf(request), params, ...from };
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  { answer: { status, headers, body }, ofAll }: { readonly answer: HttpAnswer; readonly ofAll: HeadersByName },
): void {
  const head: HeaderList = ['content-length', Buffer.byteLength(body)];
  for (const some of [ofAll, headers]) for (const name in some) head.push(name, some[name] ?? '');
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) head.push('connection', 'close');
  response.writeHead(status, head).end(body);
}

/** For an answer whose head others write. */
function setAll(response: ServerResponse, headers: HeadersByName): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** `EventSource` opens a lost stream again with the same URL, and says in a header how far it came. */
function resumed(request: ClientRequest, { headers }: IncomingMessage): ClientRequest {
  const lastEventId = headers['last-event-id'];
  if (typeof lastEventId !== 'string') return request;
  const { params } = request;
  return { ...request, params: { ...params, extensions: { ...params.extensions, lastEventId } } };
}

/** The one field that comes as a list is none of a request. */
function headersOf({ headers }: IncomingMessage): ClientHeaders {
  if (headers['set-cookie'] === undefined) return headers as ClientHeaders;
  const { 'set-cookie': _setCookie, ...rest } = headers;
  return rest as ClientHeaders;
}
