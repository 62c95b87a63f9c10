import { ExchangeFailure } from './exchange-failure.ts';

/** What the head of a response says of what follows it. */
export interface ResponseHead {
  readonly status: number;
  readonly framing: Framing;
  /** Whether the connection is still there for another request after the body. */
  readonly persists: boolean;
  /** For how long the other side keeps a connection that is not used, in milliseconds, where it says so. */
  readonly keptMs: number | undefined;
}

/** How the end of a body is found (RFC 9112, section 6.3). */
export type Framing =
  { readonly kind: 'length'; readonly bytes: number } | { readonly kind: 'chunked' } | { readonly kind: 'until-close' };

/** A status line, and fields of a name, a colon and a value each (RFC 9112, sections 4 and 5), as Latin-1. Nothing else is forgiven. */
const HEAD =
  /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?((?:\r\n[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[\t\x20-\x7e\x80-\xff]*)*)$/;

type FieldOfConnection = 'content-length' | 'transfer-encoding' | 'connection' | 'keep-alive';
type FieldsOfConnection = Partial<Record<FieldOfConnection, string>>;

/** By the lengths of their names. */
const FIELDS_OF_CONNECTION: Readonly<Record<number, readonly FieldOfConnection[]>> = {
  10: ['connection', 'keep-alive'],
  14: ['content-length'],
  17: ['transfer-encoding'],
};

const MAX_LENGTH_DIGITS = 15;
const LENGTH = /^[0-9]+$/;
const KEPT_SECONDS = /(?:^|[,;\s])timeout=([0-9]{1,6})(?:$|[,;\s])/i;

/**
 * Reads the head of a response, up to and without the empty line. Where two readers could see the end of the body in different places,
 * it is refused: whoever sits between us and the subgraph could put words in its mouth. Throws an `ExchangeFailure`, `invalid`.
 */
export function readHead(text: string): ResponseHead {
  const [, minor, digits, fields = ''] = HEAD.exec(text) ?? [];
  if (digits === undefined) throw refused('the head of its response is not well-formed');
  const values = fieldsOfConnection(fields);
  const status = Number(digits);
  return {
    status,
    framing: framingOf(status, minor === '1', values),
    persists: minor === '1' && !/(?:^|,)[\t ]*close[\t ]*(?:,|$)/i.test(values.connection ?? ''),
    keptMs: keptMsOf(values['keep-alive']),
  };
}

/**
 * The fields that are about the connection, by their names in small letters; several of one name are joined as a list. `fields` are
 * well-formed, each behind a line break.
 */
function fieldsOfConnection(fields: string): FieldsOfConnection {
  const values: FieldsOfConnection = {};
  for (let at = 2; at < fields.length;) {
    const found = fields.indexOf('\r\n', at);
    const end = found === -1 ? fields.length : found;
    const colon = fields.indexOf(':', at);
    const candidates = FIELDS_OF_CONNECTION[colon - at];
    const given = candidates && fields.slice(at, colon).toLowerCase();
    const name = candidates?.find((one) => one === given);
    if (name !== undefined) {
      const [before, own] = [values[name], trimmed(fields.slice(colon + 1, end))];
      values[name] = before === undefined ? own : `${before}, ${own}`;
    }
    at = end + 2;
  }
  return values;
}

/** Without the white space of HTTP around it, which is less than that of JavaScript. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && isBlank(value.charCodeAt(start))) start += 1;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function framingOf(status: number, isCurrent: boolean, values: FieldsOfConnection): Framing {
  const [encoding, length] = [values['transfer-encoding'], values['content-length']];
  if (encoding !== undefined) {
    if (length !== undefined || !isCurrent || encoding.toLowerCase() !== 'chunked')
      throw refused('it says in two ways, or in an unknown way, where its response ends');
    return hasNoBody(status) ? EMPTY : { kind: 'chunked' };
  }
  if (length !== undefined && (!LENGTH.test(length) || length.length > MAX_LENGTH_DIGITS))
    throw refused('the length of its response is not a number');
  if (hasNoBody(status)) return EMPTY;
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', bytes: Number(length) };
}

const EMPTY = { kind: 'length', bytes: 0 } as const;

function hasNoBody(status: number): boolean {
  return status < 200 || status === 204 || status === 304;
}

function keptMsOf(value: string | undefined): number | undefined {
  const seconds = value === undefined ? undefined : KEPT_SECONDS.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function refused(message: string): ExchangeFailure {
  return new ExchangeFailure('invalid', message);
}
