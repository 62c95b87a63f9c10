import type { IncomingMessage, ServerResponse } from 'node:http';

const REQUEST_HEADERS = [
  ...['content-type', 'authorization', 'x-api-key', 'x-request-id', 'last-event-id'],
  'apollo-require-preflight',
];
const CLIENT_NAME_HEADERS = ['apollographql-client-name', 'apollographql-client-version'];
const PREFLIGHT_SECONDS = 600;

interface Options {
  readonly origins: readonly string[];
  readonly forwardHeaders: readonly string[];
}

/**
 * Builds what lets pages of the allowed origins read answers (Fetch standard, section 3.2). Returns true when the request was a
 * preflight and is answered. No credentials: the gateway knows no cookies.
 */
export function createCors({ origins, forwardHeaders }: Options) {
  const allowed = new Set(origins);
  const headers = [...REQUEST_HEADERS, ...CLIENT_NAME_HEADERS, ...forwardHeaders].join(', ');

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { origin } = request.headers;
    response.setHeader('vary', 'origin');
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'x-request-id');
    }
    if (request.method !== 'OPTIONS') return false;
    if (isAllowed) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader('access-control-allow-headers', headers);
      response.setHeader('access-control-max-age', PREFLIGHT_SECONDS);
    }
    response.writeHead(204).end();
    return true;
  };
}
