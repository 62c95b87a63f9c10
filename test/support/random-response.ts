import type { Random } from '../gateway/support/random.ts';

/** Of each kind, those that a server may send, and those that it may not. */
const STATUS_LINES = [
  ...['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200', 'HTTP/1.1 500 Internal Server Error'],
  ...['HTTP/1.1 401 Unauthorized', 'HTTP/1.1 204 No Content', 'HTTP/1.1 304 Not Modified', 'HTTP/1.0 200 OK'],
];
const ODD_STATUS_LINES = [
  ...['\r\nHTTP/1.1 200 OK', '\r\n\r\nHTTP/1.1 200 OK', 'HTTP/1.1 200 O\x01K', 'HTTP/1.1 200 \x7f', 'HTTP/2.0 200 OK'],
  ...['HTTP/0.9 200 OK', 'HTTP/1.1 099 None', 'HTTP/1.1 1000 Many', 'HTTP/1.1 200 OK\n', ' HTTP/1.1 200 OK'],
  ...['http/1.1 200 OK', 'HTTP/1.1  200 OK', 'HTTP/1.1 999 \xe9'],
];
const FIELDS = [
  ...['Connection: keep-alive', 'connection: close', 'connection: Keep-Alive, Close', 'keep-alive: timeout=5, max=10'],
  ...['content-type: application/json', 'Date: Mon, 01 Jan 2024 00:00:00 GMT', 'x-empty:', 'X-Blank: \t ', 'vary:a'],
  ...['x-octets: \xe9\xff', 'set-cookie: a="b; c=d"', 'x-content-length: 3', 'trailer: etag', 'upgrade: h2c'],
];
const ODD_FIELDS = [
  ...['content-length: 5', 'content-length: 05', 'content-length: 3, 3', 'content-length: +3', 'content-length:'],
  ...['transfer-encoding: chunked', 'transfer-encoding: gzip, chunked', 'transfer-encoding: identity', 'a\0: b', 'a'],
  ...['content-length : 3', 'a: b\r\n c', 'a: b\nc: d', 'a: b\rc: d', 'content-length: 3;'],
];
const EARLY_HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
const INTERIM = [EARLY_HINTS, 'HTTP/1.1 102 Processing\r\n\r\n', 'HTTP/1.1 100 Continue\r\n\r\n'];
const ODD_INTERIM = [
  'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  'HTTP/1.0 102 Processing\r\ncontent-length: 3\r\n\r\n',
];
const TRAILERS = ['etag: "1"\r\n', 'etag:\r\n', 'x-octets: \xe9\r\n', 'content-length: 3\r\n'];
const ODD_TRAILERS = ['5\r\n', 'etag\r\n', 'etag : 1\r\n', 'etag: 1\r 2\r\n', 'etag: 1\n'];
const EXTENSIONS = [';a', ';a=b', ';a="b c"', ';a;b=c', ';a="b\\"c"'];
const ODD_EXTENSIONS = [';a=b"c"', ' ', ';', ';;a', ';a=', ';a=:', ';a="b'];
const BLANKS = ['', ' ', '  ', '\t', '\t '];
const JSON_BODIES = ['{"data":null}', '{"data":{"a":"\xc3\xa9"}}'];
const BODIES = ['', ...JSON_BODIES, '0\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', '\r\n', '\0\xff'];
const BYTES = ['\0', '\t', '\n', '\r', ' ', '"', '+', ',', '0', '1', '5', ':', ';', 'f', '\x7f', '\x80', '\xff'];

/** A response, in Latin-1: about half of them whole, the others damaged in one place or two, or cut. */
export function randomResponse(random: Random): string {
  let text = wholeResponse(random);
  for (let damage = random.below(3); damage > 0 && text !== ''; damage -= 1) text = damaged(random, text);
  return text;
}

/** A text in up to five pieces. */
export function randomPieces(random: Random, text: string): string[] {
  const cuts = Array.from({ length: random.below(5) }, () => random.below(text.length));
  const places = [0, ...cuts.sort((one, other) => one - other), text.length];
  return places.slice(1).map((to, index) => text.slice(places[index], to));
}

function wholeResponse(random: Random): string {
  const body = random.isLikely(0.05) ? pick(random, BODIES).repeat(10_000) : some(random, 3, BODIES).join('');
  const [framing, framed] = framings(random, body);
  const odd = random.isLikely(0.15) ? [pick(random, ODD_FIELDS)] : [];
  const fields = shuffled(random, [...framing, ...odd, ...some(random, 3, FIELDS)]);
  const interim = random.isLikely(0.1) ? some(random, 2, random.isLikely(0.2) ? ODD_INTERIM : INTERIM) : [];
  const statusLine = pick(random, random.isLikely(0.15) ? ODD_STATUS_LINES : STATUS_LINES);
  const behind = random.isLikely(0.05) ? pick(random, BODIES) : '';
  return `${interim.join('')}${[statusLine, ...fields, '', ''].join('\r\n')}${framed}${behind}`;
}

function framings(random: Random, body: string): [fields: string[], body: string] {
  const kind = random.below(5);
  if (kind === 0) return [[], body];
  const [before, behind] = random.isLikely(0.1) ? [pick(random, BLANKS), pick(random, BLANKS)] : [' ', ''];
  const names = kind <= 2 ? ['content-length', 'Content-Length'] : ['transfer-encoding', 'Transfer-Encoding'];
  const value = kind <= 2 ? `${body.length}` : pick(random, ['chunked', 'Chunked']);
  const field = `${pick(random, names)}:${before}${value}${behind}`;
  return [[field], kind <= 2 ? body : inChunks(random, body)];
}

function inChunks(random: Random, body: string): string {
  let [text, at] = ['', 0];
  const extension = (): string => {
    if (random.isLikely(0.03)) return pick(random, ODD_EXTENSIONS);
    return random.isLikely(0.1) ? pick(random, EXTENSIONS) : '';
  };
  while (at < body.length) {
    const chunk = body.slice(at, at + 1 + random.below(body.length > 1_000 ? 5_000 : 20));
    const size = chunk.length.toString(16);
    text += `${random.isLikely(0.5) ? size.toUpperCase() : size}${extension()}\r\n${chunk}\r\n`;
    at += chunk.length;
  }
  const trailers = random.isLikely(0.3) ? some(random, 2, random.isLikely(0.2) ? ODD_TRAILERS : TRAILERS) : [];
  return `${text}0${extension()}\r\n${trailers.join('')}\r\n`;
}

/** A byte dropped, doubled, put in or changed; a line dropped, doubled or exchanged with the next; or everything behind a place dropped. */
function damaged(random: Random, text: string): string {
  const at = random.below(Math.min(text.length, 300));
  const [before, from, behind] = [text.slice(0, at), text.slice(at), text.slice(at + 1)];
  const lines = text.split('\r\n');
  const line = random.below(Math.min(lines.length, 12));
  const pair = lines.slice(line, line + 2);
  switch (random.below(8)) {
    case 0:
      return before + behind;
    case 1:
      return before + text.slice(at, at + 1) + from;
    case 2:
      return before + pick(random, BYTES) + from;
    case 3:
      return before + pick(random, BYTES) + behind;
    case 4:
      return lines.toSpliced(line, 1).join('\r\n');
    case 5:
      return lines.toSpliced(line, 0, ...pair.slice(0, 1)).join('\r\n');
    case 6:
      return lines.toSpliced(line, 2, ...pair.reverse()).join('\r\n');
    default:
      return text.slice(0, random.below(text.length));
  }
}

function pick(random: Random, items: readonly string[]): string {
  return random.oneOf(items) ?? '';
}

/** None to so many. */
function some(random: Random, most: number, items: readonly string[]): string[] {
  return Array.from({ length: random.below(most + 1) }, () => pick(random, items));
}

function shuffled(random: Random, items: readonly string[]): string[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}
