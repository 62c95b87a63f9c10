import { describe, expect, it } from '@jest/globals';
import { createReadHead } from './known-heads.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { ResponseReader, type HttpResponse } from './response-reader.ts';

const MAX_BYTES = 40;
const KIBIBYTE = 1_024;
/** Of a head, without the empty line behind it. */
const MAX_HEAD_BYTES = 16 * KIBIBYTE;
/** Of a size or a trailer, with its end. */
const MAX_LINE_BYTES = KIBIBYTE;
const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`;
const INTERIM = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';

interface Told {
  readonly status: number;
  readonly body: string;
  readonly persists: boolean;
  readonly keptMs: number | undefined;
}

const PERSISTS = { status: 200, persists: true, keptMs: undefined };

/** What a reader makes of pieces, of which none but the last may complete a response. `more`: it waits for what never comes. */
function readAll(
  pieces: readonly Buffer[],
  reader = new ResponseReader(MAX_BYTES, createReadHead()),
): Told | 'invalid' | 'more' {
  try {
    const early = pieces.slice(0, -1).map((piece) => readOf(piece, reader));
    expect(early.every((one) => one === undefined)).toBe(true);
    const response = readOf(pieces.at(-1) ?? Buffer.alloc(0), reader) ?? reader.end();
    if (response === undefined) return 'more';
    const { status, bytes, persists, keptMs } = response;
    return { status, body: bytes.toString('latin1'), persists, keptMs };
  } catch (error) {
    if (error instanceof ExchangeFailure && error.end === 'invalid') return 'invalid';
    throw error;
  }
}

/** Others come to stand where the bytes were, as a connection reads into the same place each time. */
function readOf(piece: Buffer, reader: ResponseReader): HttpResponse | undefined {
  const place = Buffer.from(piece);
  try {
    const response = reader.read(place);
    return response && { ...response, bytes: Buffer.from(response.bytes) };
  } finally {
    place.fill('#');
  }
}

/** Every byte by itself. */
function eachByte(bytes: Buffer): Buffer[] {
  return Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
}

/** Whole, byte by byte, and in two pieces, cut at every place. */
function waysToCut(bytes: Buffer): Buffer[][] {
  const pairs = eachByte(bytes).map((_, at) => [bytes.subarray(0, at), bytes.subarray(at)]);
  return [[bytes], eachByte(bytes), ...pairs.slice(1)];
}

function expectHoweverCut(text: string, outcome: Told | 'invalid' | 'more'): void {
  for (const pieces of waysToCut(Buffer.from(text, 'latin1'))) expect(readAll(pieces)).toEqual(outcome);
}

const lines = (count: number, line: string): string => line.repeat(count);

describe('ResponseReader', () => {
  it.each([
    ['of a length', `${OK}content-length: 5\r\n\r\nhello`, 'hello'],
    ['of a length in zeros and white space', `${OK}Content-Length:\t 005  \r\n\r\nhello`, 'hello'],
    ['of length zero', `${OK}content-length: 0\r\n\r\n`, ''],
    ['as long as it may be', `${OK}content-length: 40\r\n\r\n${'x'.repeat(40)}`, 'x'.repeat(40)],
    ['with octets above ASCII', `${OK}server: \xe9\r\ncontent-length: 2\r\n\r\n\xc3\xa9`, '\xc3\xa9'],
    ['that looks like a head', `${OK}content-length: 4\r\n\r\n\r\n\r\n`, '\r\n\r\n'],
    ['without a reason', 'HTTP/1.1 200\r\ncontent-length: 1\r\n\r\nx', 'x'],
    ['with an empty reason', 'HTTP/1.1 200 \r\ncontent-length: 1\r\n\r\nx', 'x'],
    ['in chunks', `${CHUNKED}5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n`, 'hello world'],
    ['in Chunks', `${OK}Transfer-Encoding: Chunked \r\n\r\n1\r\nx\r\n0\r\n\r\n`, 'x'],
    ['in no chunk', `${CHUNKED}0\r\n\r\n`, ''],
    [
      'in chunks with sizes of small and capital letters',
      `${CHUNKED}b\r\nhello world\r\nC\r\nhello, world\r\n0\r\n\r\n`,
      'hello worldhello, world',
    ],
    ['in chunks with sizes of eight digits', `${CHUNKED}00000005\r\nhello\r\n00000000\r\n\r\n`, 'hello'],
    ['in chunks with extensions', `${CHUNKED}2;a=b;c="d"\r\nhi\r\n0;last\r\n\r\n`, 'hi'],
    ['in chunks with trailers', `${CHUNKED}2\r\nhi\r\n0\r\netag: "1"\r\nexpires: never\r\n\r\n`, 'hi'],
    ['in chunks that look like ends', `${CHUNKED}7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n`, '\r\n0\r\n\r\n'],
  ])('reads a body %s, however it is cut', (_, text, body) => {
    expectHoweverCut(text, { ...PERSISTS, body });
  });

  it('reads a body until the connection ends where its end is not said, after which nothing is sent', () => {
    expectHoweverCut(`${OK}\r\nhello`, { ...PERSISTS, persists: false, body: 'hello' });
    expectHoweverCut(`${OK}connection: keep-alive\r\n\r\n`, { ...PERSISTS, persists: false, body: '' });
    expectHoweverCut('HTTP/1.0 200 OK\r\n\r\nhello', { ...PERSISTS, persists: false, body: 'hello' });
  });

  it.each([
    ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
    ['304', 'HTTP/1.1 304 Not Modified\r\n\r\n', 304],
  ])('expects no body behind a %s', (_, text, status) => {
    expectHoweverCut(text, { ...PERSISTS, status, body: '' });
  });

  it.each([
    ['304 with the length of what was not modified', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 999\r\n\r\n', 304],
    ['204 with a length', 'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n', 204],
    ['204 with chunks', 'HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n', 204],
  ])('expects no body behind a %s, and nothing more of its connection', (_, text, status) => {
    expectHoweverCut(text, { ...PERSISTS, persists: false, status, body: '' });
  });

  it('passes over interim responses, as many as a server may mean well with, before each response', () => {
    const response = `${lines(16, INTERIM)}${OK}content-length: 1\r\n\r\nx`;

    expectHoweverCut(`HTTP/1.1 100 Continue\r\n\r\n${OK}content-length: 1\r\n\r\nx`, { ...PERSISTS, body: 'x' });
    const reader = new ResponseReader(MAX_BYTES, createReadHead());
    for (let turn = 0; turn < 3; turn += 1)
      expect(readAll([Buffer.from(response)], reader)).toEqual({ ...PERSISTS, body: 'x' });
  });

  it('reads one response after another, each by what its own head says', () => {
    const reader = new ResponseReader(MAX_BYTES, createReadHead());

    const bodies = [
      `${OK}content-length: 1\r\n\r\na`,
      `${CHUNKED}1\r\nb\r\n0\r\n\r\n`,
      `${OK}content-length: 3\r\n\r\nccc`,
    ].map((text) => readAll(eachByte(Buffer.from(text)), reader));

    expect(bodies).toEqual(['a', 'b', 'ccc'].map((body) => ({ ...PERSISTS, body })));
  });

  it.each([
    ['HTTP/1.1 200 OK', 'connection: keep-alive', true],
    ['HTTP/1.1 200 OK', 'connection: closed', true],
    ['HTTP/1.1 200 OK', 'x-connection: close', true],
    ['HTTP/1.1 200 OK', 'connection: close', false],
    ['HTTP/1.1 200 OK', 'Connection:CLOSE', false],
    ['HTTP/1.1 200 OK', 'connection: keep-alive, \tClose\t', false],
    ['HTTP/1.1 200 OK', 'connection: close ,te', false],
    ['HTTP/1.1 200 OK', 'connection: te\r\nconnection: close\r\nconnection: te', false],
    ['HTTP/1.0 200 OK', 'connection: keep-alive', false],
  ])('says of %s with %j whether another request may follow: %s', (statusLine, fields, persists) => {
    expectHoweverCut(`${statusLine}\r\n${fields}\r\ncontent-length: 1\r\n\r\nx`, { ...PERSISTS, persists, body: 'x' });
  });

  it.each([
    ['timeout=5', 5_000],
    ['Timeout=72, max=1000', 72_000],
    ['max=1000,timeout=1', 1_000],
    ['timeout=0', 0],
    ['timeout=', undefined],
    ['timeout=-1', undefined],
    ['timeout=1.5', undefined],
    ['timeout=9999999', undefined],
    ['notimeout=5', undefined],
  ])('tells for how long the server keeps the connection: %s', (value, keptMs) => {
    expectHoweverCut(`${OK}Keep-Alive: ${value}\r\ncontent-length: 0\r\n\r\n`, { ...PERSISTS, keptMs, body: '' });
  });

  it.each([
    ['a body of a length', `${OK}content-length: 1\r\n\r\nx`, 'x'],
    ['chunks', `${CHUNKED}1\r\nx\r\n0\r\n\r\n`, 'x'],
    ['what has no body, but a length', `${OK.replace('200', '204')}content-length: 1\r\n\r\n`, ''],
  ])('lets nothing follow where bytes came behind %s', (_, text, body) => {
    const bytes = Buffer.from(`${text}HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil`);

    expect(readAll([bytes])).toMatchObject({ body, persists: false });
    for (let at = 1; at < text.length; at += 1)
      expect(readAll([bytes.subarray(0, at), bytes.subarray(at)])).toMatchObject({ body, persists: false });
  });

  it.each([
    ['a head that is not whole', OK],
    ['a body that is shorter than its length', `${OK}content-length: 5\r\n\r\nhell`],
    ['chunks without a last', `${CHUNKED}5\r\nhello\r\n`],
    ['a last chunk without an end', `${CHUNKED}5\r\nhello\r\n0\r\n`],
    ['an interim response', INTERIM],
  ])('gives nothing for %s, at its end neither', (_, text) => {
    expectHoweverCut(text, 'more');
  });

  it.each([
    ['a length and chunks', `${OK}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`],
    [
      'chunks and a length, without a body',
      'HTTP/1.1 204 No\r\ntransfer-encoding: chunked\r\nContent-Length: 0\r\n\r\n',
    ],
    ['two lengths', `${OK}content-length: 1\r\ncontent-length: 2\r\n\r\nxx`],
    ['two lengths that are equal', `${OK}content-length: 1\r\nContent-Length: 1\r\n\r\nx`],
    ['a length with a sign', `${OK}content-length: +5\r\n\r\nhello`],
    ['a list of lengths', `${OK}content-length: 5, 5\r\n\r\nhello`],
    ['a length in hexadecimal', `${OK}content-length: 0x5\r\n\r\nhello`],
    ['a length with an exponent', `${OK}content-length: 1e1\r\n\r\nhelloworld`],
    ['an empty length', `${OK}content-length:\r\n\r\n`],
    ['a length in white space of another kind', `${OK}content-length:\xa05\r\n\r\nhello`],
    ['a length with a tab behind it, which not everyone reads past', `${OK}content-length: 5\t\r\n\r\nhello`],
    ['a length that is no exact number', `${OK}content-length: 9007199254740993\r\n\r\n`],
    ['another encoding before the chunks', `${OK}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
    ['another encoding', `${OK}transfer-encoding: identity\r\n\r\nhello`],
    ['chunks of chunks', `${OK}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunks of another name', `${OK}transfer-encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
    [
      'chunks with a tab behind their name, which not everyone reads past',
      `${OK}transfer-encoding: chunked\t\r\n\r\n0\r\n\r\n`,
    ],
    ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a field over two lines', `${OK}a: b\r\n c\r\ncontent-length: 0\r\n\r\n`],
    ['a length in a folded line', `${OK}a: b\r\n content-length: 1\r\ncontent-length: 0\r\n\r\n`],
    ['a space before the colon', `${OK}content-length : 5\r\n\r\nhello`],
    ['a field without a colon', `${OK}content-length\r\n\r\n`],
    ['a field without a name', `${OK}: 5\r\n\r\n`],
    ['lines that end in LF alone', 'HTTP/1.1 200 OK\ncontent-length: 5\n\nhello\r\n\r\n'],
    ['a line that ends in LF alone', `${OK}a: b\ncontent-length: 0\r\n\r\n`],
    ['NUL in a value', `${OK}a: b\0\r\ncontent-length: 0\r\n\r\n`],
    ['CR in a value', `${OK}a: b\rcontent-length: 1\r\ncontent-length: 0\r\n\r\n`],
    ['an empty line before the status', `\r\n${OK}content-length: 0\r\n\r\n`],
    ['HTTP/2.0', 'HTTP/2.0 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['HTTP/1.2', 'HTTP/1.2 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['no status', 'HTTP/1.1 OK\r\ncontent-length: 0\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n'],
    ['a status below 100', 'HTTP/1.1 099 OK\r\ncontent-length: 0\r\n\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n'],
    ['interim responses without end', lines(17, INTERIM)],
    ['no size of a chunk', `${CHUNKED}\r\n\r\n0\r\n\r\n`],
    ['a size of nine digits', `${CHUNKED}000000001\r\nx\r\n0\r\n\r\n`],
    ['a size with a sign', `${CHUNKED}+1\r\nx\r\n0\r\n\r\n`],
    ['a size behind 0x', `${CHUNKED}0x1\r\nx\r\n0\r\n\r\n`],
    ['a size behind white space', `${CHUNKED} 1\r\nx\r\n0\r\n\r\n`],
    ['a size before white space and no extension', `${CHUNKED}1 \r\nx\r\n0\r\n\r\n`],
    ['a size that ends in LF alone', `${CHUNKED}1\nx\r\n0\r\n\r\n`],
    ['an extension that is none', `${CHUNKED}1;\r\nx\r\n0\r\n\r\n`],
    ['an extension that has no end', `${CHUNKED}1;a="b\r\nx\r\n0\r\n\r\n`],
    ['CR in an extension', `${CHUNKED}1;\r\r\nx\r\n0\r\n\r\n`],
    ['a chunk that is longer than it says', `${CHUNKED}1\r\nxy\r\n0\r\n\r\n`],
    ['no line end behind a chunk', `${CHUNKED}1\r\nx0\r\n\r\n`],
    ['LF alone behind a chunk', `${CHUNKED}1\r\nx\n0\r\n\r\n`],
    ['a trailer that ends in LF alone', `${CHUNKED}0\r\na: b\n\r\n`],
    ['a chunk for a trailer', `${CHUNKED}0\r\n5\r\n\r\nhello\r\n0\r\n\r\n`],
    ['CR in a trailer', `${CHUNKED}0\r\na: b\rc\r\n\r\n`],
    ['NUL in a trailer', `${CHUNKED}0\r\na: \0\r\n\r\n`],
    ['trailers without end', `${CHUNKED}0\r\n${lines(33, 'a: b\r\n')}`],
    ['a length over the limit', `${OK}content-length: 41\r\n\r\n`],
    ['a chunk over the limit', `${CHUNKED}29\r\n${'x'.repeat(41)}`],
    ['chunks over the limit', `${CHUNKED}14\r\n${'x'.repeat(20)}\r\n15\r\n${'x'.repeat(21)}`],
    ['a body without end over the limit', `${OK}\r\n${'x'.repeat(41)}`],
  ])('refuses %s, before any more comes, however it is cut', (_, text) => {
    expectHoweverCut(text, 'invalid');
  });

  it('takes a head, a size and trailers as long as they may be, and refuses what is one byte longer before its end', () => {
    const head = (bytes: number) => `${OK}a: `.padEnd(bytes, 'x');
    const size = (bytes: number) => '1;'.padEnd(bytes - 2, 'x');
    const taken = [
      `${head(MAX_HEAD_BYTES - 19)}\r\ncontent-length: 0\r\n\r\n`,
      `${CHUNKED}${size(MAX_LINE_BYTES)}\r\nx\r\n0\r\n\r\n`,
      `${CHUNKED}0\r\n${lines(32, 'a: b\r\n')}\r\n`,
    ];
    const refused = [head(MAX_HEAD_BYTES + 4), `${CHUNKED}${size(MAX_LINE_BYTES + 3)}`];

    for (const text of taken) {
      expect(readAll([Buffer.from(text)])).toMatchObject({ status: 200 });
      expect(readAll(eachByte(Buffer.from(text)))).toMatchObject({ status: 200 });
    }
    for (const text of refused) {
      expect(readAll([Buffer.from(text)])).toBe('invalid');
      expect(readAll(eachByte(Buffer.from(text)))).toBe('invalid');
    }
  });
});
