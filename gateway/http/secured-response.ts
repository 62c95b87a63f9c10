import { ServerResponse, type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders } from 'node:http';

/** Names of header fields in small letters, each with its value, or values, behind it. */
export type HeaderList = OutgoingHttpHeader[];

/** What the gateway answers is data for its caller: no browser may guess a type for it, frame it, run it or keep it. */
const SECURITY_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['referrer-policy', 'no-referrer'],
  ['cache-control', 'no-store'],
];

/**
 * A response that has the headers of security, whoever writes it and however, but for those that its handler sets itself. They are
 * written with the rest, as each that is set before costs Node.js several times as much.
 */
export class SecuredResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  /** `headers` by their names in small letters, as an object or as a `HeaderList`. Throws for a status message. */
  override writeHead(status: number, headers?: unknown): this {
    if (typeof headers === 'string') throw new TypeError('a response has no status message');
    const list = Array.isArray(headers) ? (headers as HeaderList) : listOf((headers ?? {}) as OutgoingHttpHeaders);
    for (const [name, value] of SECURITY_HEADERS)
      if (!list.includes(name) && !this.hasHeader(name)) list.push(name, value);
    return super.writeHead(status, list);
  }
}

function listOf(headers: OutgoingHttpHeaders): HeaderList {
  return Object.entries(headers).flatMap(([name, value]): HeaderList =>
    value === undefined ? [] : [name.toLowerCase(), value],
  );
}
