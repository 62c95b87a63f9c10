/** One HTTP request by POST: header fields, and a body in JSON. */
export interface ExchangeRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

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
 * Writes a request (RFC 9112, section 3). Throws a `TypeError` for a field that could end before its end, and be taken for another or
 * for a request of its own.
 */
export function requestText(opening: string, { headers, body }: ExchangeRequest): RequestText {
  let head = opening;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (!NAME.test(name) || OWN.test(name) || !VALUE.test(value))
      throw new TypeError('a header field of a request is not well-formed');
    head += `${name}: ${value}\r\n`;
  }
  const bytes = Buffer.byteLength(body);
  return { head: `${head}content-length: ${bytes}\r\n\r\n`, body, isAscii: bytes === body.length };
}
