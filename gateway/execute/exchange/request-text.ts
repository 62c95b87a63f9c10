/** A request as it is written to a socket. */
export interface RequestText {
  /** In Latin-1: a field's value may have octets above ASCII, which pass as they came (RFC 9110, section 5.5). */
  readonly head: string;
  readonly body: string;
  /** Whether the body has a byte for each character. */
  readonly isAscii: boolean;
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What says where the request ends, and where it goes: said once. */
const OWN = /^(?:content-length|transfer-encoding|connection|host)$/i;
/** What every request says by itself, and what it would say twice. */
const SAID = /^(?:content-type|accept|x-request-id)$/i;

/** What all requests to an address begin with. */
export function openingOf({ pathname, search, host }: Pick<URL, 'pathname' | 'search' | 'host'>): string {
  return [
    `POST ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    'connection: keep-alive',
    'content-type: application/json',
    'accept: application/json',
    '',
  ].join('\r\n');
}

/**
 * Writes header fields, each to its end (RFC 9112, section 5); those that every request has are left out. Throws a `TypeError` for one
 * that could end before its end, and be taken for another or for a request of its own.
 */
export function fieldLines(headers: Readonly<Record<string, string | undefined>>): string {
  let lines = '';
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || SAID.test(name)) continue;
    if (!NAME.test(name) || OWN.test(name) || !VALUE.test(value)) throw new TypeError(notPassedOn(name));
    lines += `${name}: ${value}\r\n`;
  }
  return lines;
}

function notPassedOn(name: string): string {
  return `The header ${JSON.stringify(name)} cannot be passed on to a subgraph: it is the gateway's own, or has characters that no header may have.`;
}

/** Writes a request by POST (RFC 9112, section 3), of what `openingOf` and `fieldLines` give, and a body in JSON. */
export function requestText(opening: string, fields: string, body: string): RequestText {
  const bytes = Buffer.byteLength(body);
  return { head: `${opening}${fields}content-length: ${bytes}\r\n\r\n`, body, isAscii: bytes === body.length };
}
