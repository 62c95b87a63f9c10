import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientRequest } from '../context.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { HttpAnswer, Outcome } from '../respond/create-respond.ts';
import { parsedResult, writtenResult } from '../lib/parsed-result.ts';
import type { StreamFormat } from '../respond/stream-format.ts';
import type { OpenStream, Opened } from '../subscriptions/open-stream.ts';
import type { OpenParts } from './open-parts.ts';
import { writeStream, type StreamEnd, type StreamTimes } from './write-stream.ts';

interface Options {
  readonly open: OpenStream;
  readonly respond: (outcome: Outcome, accept: string | undefined) => HttpAnswer | undefined;
  /** Where a client is, as far as the proxies in front can be believed. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** For clients that take an answer in pieces: what takes them; undefined for others. */
  readonly openParts: OpenParts;
  readonly presentErrors: PresentErrors;
  readonly times: StreamTimes;
}

/** What is left of a request when a client takes its answers in a stream. */
export interface StreamedRequest {
  readonly format: StreamFormat;
  readonly requestId: string;
  /** Reads the request; `signal` aborts when the response has ended, either way. */
  readonly read: (signal: AbortSignal) => Promise<ClientRequest>;
}

export type AnswerInStream = (
  request: IncomingMessage,
  response: ServerResponse,
  streamed: StreamedRequest,
) => Promise<HttpAnswer | undefined>;

type Answered = Opened | { readonly kind: 'refused'; readonly error: unknown };

/**
 * Builds the answer to clients that take streams: a subscription's answers as they come; an answer of which something is deferred in
 * pieces, where the client takes that too; what has one answer, or is refused, as JSON where the client takes that, else as a stream
 * that ends with it. Resolves with the JSON, or when everything has been written.
 */
export function createAnswerInStream(options: Options): AnswerInStream {
  const { open, respond, presentErrors, times } = options;
  return async (request, response, { format, requestId, read }) => {
    const over = new AbortController();
    response.once('close', () => over.abort());
    const end = (reason: StreamEnd): void => over.abort(reason);
    const client = { address: options.addressOf(request), over: over.signal, end };
    const parted = options.openParts(response, request.headers.accept);
    const answered = await read(over.signal)
      .then((one) => open(parted === undefined ? one : { ...one, parts: parted.parts }, client))
      .catch((error: unknown): Answered => ({ kind: 'refused', error }));

    const present = (error: unknown) => presentErrors.thrown(error, requestId);
    if (answered.kind === 'many') {
      await writeStream(response, { format, answers: answered.answers, over: over.signal, present }, times);
      return undefined;
    }
    if (parted?.isBegun() === true) {
      parted.end(answered.kind === 'single' ? undefined : present(answered.error).errors);
      return undefined;
    }
    const outcome: Outcome =
      answered.kind === 'single'
        ? { kind: 'ran', result: writtenResult(answered.result) }
        : { kind: 'refused', refusal: present(answered.error) };
    return respond(outcome, request.headers.accept) ?? wholeStream(format, outcome);
  };
}

/** The status is 200 whatever became of it: browsers show a page nothing of an event stream with any other. */
function wholeStream(format: StreamFormat, outcome: Outcome): HttpAnswer {
  const { start, next, refused, complete } = format;
  const rest = outcome.kind === 'ran' ? next(parsedResult(outcome.result)) + complete : refused(outcome.refusal.errors);
  return { status: 200, headers: { 'content-type': format.contentType }, body: start + rest };
}
