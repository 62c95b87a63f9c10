import type { IncomingMessage } from 'node:http';

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

/** What lets pages of the allowed origins read answers (Fetch standard, section 3.2), by the origin that asks. */
export interface Cors {
  /** The headers of every answer. No credentials: the gateway knows no cookies. */
  readonly headersFor: (request: IncomingMessage) => Readonly<Record<string, string>>;
  /** The further headers of the answer to a preflight; undefined when the request is none. */
  readonly preflightFor: (request: IncomingMessage) => Readonly<Record<string, string>> | undefined;
}

/** Builds the headers by the allowed origins. */
export function createCors({ origins, forwardHeaders }: Options): Cors {
  const allowed = new Set(origins);
  const headers = [...REQUEST_HEADERS, ...CLIENT_NAME_HEADERS, ...forwardHeaders].join(', ');
  const preflight = {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': headers,
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  };

  return {
    headersFor: ({ headers: { origin } }) =>
      origin !== undefined && allowed.has(origin)
        ? { vary: 'origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': 'x-request-id' }
        : VARY,
    preflightFor: ({ method, headers: { origin } }) => {
      if (method !== 'OPTIONS') return undefined;
      return origin !== undefined && allowed.has(origin) ? preflight : {};
    },
  };
}

const VARY = { vary: 'origin' };
