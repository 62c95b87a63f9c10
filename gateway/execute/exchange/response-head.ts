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

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const LENGTH = /^[0-9]{1,15}$/;
const CLOSE = /(?:^|,)[\t ]*close[\t ]*(?:,|$)/i;
const KEPT_SECONDS = /(?:^|[,;\s])timeout=([0-9]{1,6})(?:$|[,;\s])/i;

const [TAB, LF, CR, SPACE, COLON] = [0x09, 0x0a, 0x0d, 0x20, 0x3a];

/** What a name may be made of, and a value (RFC 9110, sections 5.1 and 5.5), by octet. */
const MAY_NAME = octets(/[!#$%&'*+\-.^_`|~0-9A-Za-z]/);
const MAY_VALUE = octets(/[\t\x20-\x7e\x80-\xff]/);

function octets(allowed: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, octet) => (allowed.test(String.fromCharCode(octet)) ? 1 : 0));
}

/** The fields that are about the connection. */
type FieldName = 'connection' | 'keep-alive' | 'content-length' | 'transfer-encoding';
type Fields = Partial<Record<FieldName, string>>;

/** By the lengths of their names: most others are told from them without a look at their letters. */
const NAMES_BY_LENGTH: readonly (readonly FieldName[] | undefined)[] = Array.from({ length: 18 }, (_, length) => {
  const all: readonly FieldName[] = ['connection', 'keep-alive', 'content-length', 'transfer-encoding'];
  const some = all.filter((name) => name.length === length);
  return some.length === 0 ? undefined : some;
});

/**
 * Reads the head of a response (RFC 9112, sections 4 and 5): the bytes up to a place, and without the empty line. Nothing is forgiven
 * that the RFC does not have. Where two readers could see the end of the body in different places, it is refused: whoever sits between
 * us and the subgraph could put words in its mouth. Throws an `ExchangeFailure`, `invalid`.
 */
export function readHead(bytes: Buffer, end: number): ResponseHead {
  const endOfLine = bytes.indexOf(CR);
  const behindLine = endOfLine === -1 || endOfLine > end ? end : endOfLine;
  const [, minor, digits] = STATUS_LINE.exec(bytes.toString('latin1', 0, behindLine)) ?? [];
  if (digits === undefined) throw malformed();
  const fields = readFields(bytes, behindLine, end);
  const status = Number(digits);
  const { connection, 'keep-alive': keepAlive, 'content-length': length, 'transfer-encoding': encoding } = fields;
  const isToEnd = connection !== undefined && CLOSE.test(connection);
  // Not every server knows that there is nothing behind a head with such a status, whatever it says.
  const mayFollow = hasNoBody(status) && (length ?? encoding) !== undefined;
  return {
    status,
    framing: framingOf(status, minor === '1', fields),
    persists: minor === '1' && !isToEnd && !mayFollow,
    keptMs: keepAlive === undefined ? undefined : keptMsOf(keepAlive),
  };
}

/** Each field comes behind a line break; several of one name are joined as a list. */
function readFields(bytes: Buffer, from: number, end: number): Fields {
  const fields: Fields = {};
  for (let at = from; at < end;) {
    if (bytes[at] !== CR || bytes[at + 1] !== LF) throw malformed();
    const begin = at + 2;
    const colon = passing(bytes, MAY_NAME, begin);
    if (colon === begin || bytes[colon] !== COLON) throw malformed();
    at = passing(bytes, MAY_VALUE, colon + 1);
    const name = nameOf(bytes, begin, colon);
    if (name === undefined) continue;
    const [before, own] = [fields[name], valueOf(bytes, colon + 1, at)];
    fields[name] = before === undefined ? own : `${before}, ${own}`;
  }
  return fields;
}

/** The first place from one on that may not be. The head ends with a line break, which is in neither set. */
function passing(bytes: Buffer, allowed: Uint8Array, from: number): number {
  let at = from;
  while (allowed[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

function nameOf(bytes: Buffer, from: number, end: number): FieldName | undefined {
  const candidates = NAMES_BY_LENGTH[end - from];
  if (candidates === undefined) return undefined;
  const given = bytes.toString('latin1', from, end).toLowerCase();
  return candidates.find((name) => name === given);
}

/** Without the white space around it; a tab behind it is part of it, as some have it so. */
function valueOf(bytes: Buffer, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(bytes[start])) start += 1;
  while (end > start && bytes[end - 1] === SPACE) end -= 1;
  return bytes.toString('latin1', start, end);
}

function isBlank(octet: number | undefined): boolean {
  return octet === SPACE || octet === TAB;
}

function framingOf(status: number, isCurrent: boolean, fields: Fields): Framing {
  const { 'transfer-encoding': encoding, 'content-length': length } = fields;
  if (encoding !== undefined) {
    if (length !== undefined || !isCurrent || encoding.toLowerCase() !== 'chunked')
      throw new ExchangeFailure('invalid', 'it says in two ways, or in an unknown way, where its response ends');
    return hasNoBody(status) ? EMPTY : { kind: 'chunked' };
  }
  if (length !== undefined && !LENGTH.test(length))
    throw new ExchangeFailure('invalid', 'the length of its response is not a number');
  if (hasNoBody(status)) return EMPTY;
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', bytes: Number(length) };
}

const EMPTY = { kind: 'length', bytes: 0 } as const;

function hasNoBody(status: number): boolean {
  return status < 200 || status === 204 || status === 304;
}

function keptMsOf(value: string): number | undefined {
  const seconds = KEPT_SECONDS.exec(value)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function malformed(): ExchangeFailure {
  return new ExchangeFailure('invalid', 'the head of its response is not well-formed');
}
