import type { IncomingMessage, ServerResponse } from 'node:http';
import { REQUEST_ID_HEADER } from '../../wire/names.ts';
import type { ClientHeaders, ClientRequest, OperationParams, OperationResult } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { HttpAnswer, Outcome } from '../respond/create-respond.ts';
import type { Handler } from './handler.ts';
import { paramsFromBody, paramsFromSearch } from './parse-params.ts';
import { readBody } from './read-body.ts';

interface Options {
  readonly run: (request: ClientRequest) => Promise<OperationResult>;
  readonly respond: (outcome: Outcome, accept: string | undefined) => HttpAnswer;
  readonly presentErrors: PresentErrors;
  readonly requestId: (header: string | string[] | undefined) => string;
  readonly answerPreflight: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly maxBodyBytes: number;
}

/** Builds `/graphql`: GraphQL over HTTP, by POST with a JSON body and, for queries, by GET. */
export function createGraphqlEndpoint(options: Options): Handler {
  const { run, respond, presentErrors, maxBodyBytes } = options;

  async function outcomeOf(request: IncomingMessage, requestId: string, signal: AbortSignal): Promise<Outcome> {
    try {
      const params = await paramsOf(request, maxBodyBytes);
      const mayMutate = request.method === 'POST';
      const headers = headersOf(request);
      const result = await run({ requestId, transport: 'http', mayMutate, headers, params, signal });
      return { kind: 'ran', result };
    } catch (error) {
      return { kind: 'refused', refusal: presentErrors.thrown(error, requestId) };
    }
  }

  return async (request, response) => {
    const requestId = options.requestId(request.headers[REQUEST_ID_HEADER]);
    response.setHeader(REQUEST_ID_HEADER, requestId);
    if (options.answerPreflight(request, response)) return;
    const abort = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) abort.abort();
    });
    const outcome = await outcomeOf(request, requestId, abort.signal);
    const { status, headers, body } = respond(outcome, request.headers.accept);
    // A body that was not read to its end would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
  };
}

async function paramsOf(request: IncomingMessage, maxBodyBytes: number): Promise<OperationParams> {
  if (request.method === 'GET') {
    refuseForeignPages(request);
    const { url = '' } = request;
    const start = url.indexOf('?');
    return paramsFromSearch(new URLSearchParams(start === -1 ? '' : url.slice(start + 1)));
  }
  if (request.method !== 'POST')
    throw new GatewayError('BAD_USER_INPUT', 'Use POST, or GET for queries.', { httpStatus: 405 });
  refuseOtherThanJson(request);
  return paramsFromBody(await readBody(request, maxBodyBytes));
}

/**
 * A page of another site can make a browser send forms and load links without asking first; it cannot send JSON, nor read what a
 * GET answers, so only what needs no such leave is refused here: the GET that a page of another site embeds or navigates to.
 */
function refuseForeignPages({ headers }: IncomingMessage): void {
  const mode = headers['sec-fetch-mode'];
  if (headers['sec-fetch-site'] === 'cross-site' && (mode === 'no-cors' || mode === 'navigate'))
    throw new GatewayError('BAD_USER_INPUT', 'Pages of other sites cannot link to operations.', { httpStatus: 403 });
}

function refuseOtherThanJson({ headers }: IncomingMessage): void {
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  const encoding = headers['content-encoding'];
  if (mediaType.trim() === 'application/json' && isUtf8 && (encoding === undefined || encoding === 'identity')) return;
  throw new GatewayError('BAD_USER_INPUT', 'Send the body as application/json, in UTF-8, not compressed.', {
    httpStatus: 415,
  });
}

function headersOf({ headers }: IncomingMessage): ClientHeaders {
  const { 'set-cookie': _setCookie, ...rest } = headers;
  return rest as ClientHeaders;
}
