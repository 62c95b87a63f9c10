import type { IncomingMessage } from 'node:http';
import type { OperationParams } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Soon } from '../lib/soon.ts';
import { paramsFromBody, paramsFromSearch } from './parse-params.ts';
import { readBody } from './read-body.ts';

/**
 * Reads the parameters of a GraphQL request from the URL of a GET or the body of a POST. Throws `BAD_USER_INPUT` with the HTTP status
 * that says what is wrong.
 */
export function readParams(request: IncomingMessage, maxBodyBytes: number): Soon<OperationParams> {
  if (request.method === 'GET') {
    refuseForeignPages(request);
    const { url = '' } = request;
    const start = url.indexOf('?');
    return paramsFromSearch(new URLSearchParams(start === -1 ? '' : url.slice(start + 1)));
  }
  if (request.method !== 'POST')
    throw new GatewayError('BAD_USER_INPUT', 'Use POST, or GET for queries.', { httpStatus: 405 });
  refuseOtherThanJson(request);
  const body = readBody(request, maxBodyBytes);
  return typeof body === 'string' ? paramsFromBody(body) : body.then(paramsFromBody);
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
  if (headers['content-type'] === 'application/json' && headers['content-encoding'] === undefined) return;
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  const encoding = headers['content-encoding'];
  if (mediaType.trim() === 'application/json' && isUtf8 && (encoding === undefined || encoding === 'identity')) return;
  throw new GatewayError('BAD_USER_INPUT', 'Send the body as application/json, in UTF-8, not compressed.', {
    httpStatus: 415,
  });
}
