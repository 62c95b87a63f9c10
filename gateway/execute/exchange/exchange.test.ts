import { getEventListeners, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRawServer, writePieces, type RawRequest, type RawServer } from '../../../test/support/raw-server.ts';
import { endOf, nextTurns, startExchanges, type Exchanges } from '../../../test/support/start-exchanges.ts';
import { AbortSwitch } from '../../lib/abort-notice.ts';
import { exchange } from './exchange.ts';
import { openingOf, requestText } from './request-text.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const ANSWER = `${OK}content-length: 2\r\n\r\n{}`;

/** What the next requests are answered with: nothing, where none is left. */
let answers: ((request: RawRequest) => void)[];
let server: RawServer;
let exchanges: Exchanges;

const write =
  (text: string) =>
  ({ socket }: RawRequest): void =>
    void socket.write(text, 'latin1');

/** How an exchange has ended within some turns of the event loop. */
const endAtOnce = (end: Promise<string>): Promise<string> => Promise.race([end, nextTurns().then(() => 'not yet')]);
const connectionsUsed = (): number[] => server.requests.map(({ connection }) => connection);

beforeEach(async () => {
  answers = [];
  server = await startRawServer((request) => answers.shift()?.(request));
  exchanges = startExchanges(server.url, { most: 1 });
});

afterEach(async () => {
  exchanges.connections.close();
  // Waits for ever if a connection is left.
  await server.stop();
});

describe('an exchange', () => {
  it('rejects with what reading the response throws, and lets the connection serve the next', async () => {
    answers = [write(ANSWER), write(ANSWER)];
    const ask = (read: () => string) =>
      exchange(exchanges.connections, requestText(openingOf(server.url), '', '{}'), {
        signal: new AbortSwitch(),
        timeoutMs: 600_000,
        read,
      });
    const fail = (): never => {
      throw new RangeError('too deep');
    };

    await expect(ask(fail)).rejects.toThrow(new RangeError('too deep'));
    expect(await ask(() => 'read')).toBe('read');
    expect(connectionsUsed()).toEqual([0, 0]);
  });

  it('sends what is asked, and no more', async () => {
    answers = [write(ANSWER)];

    await exchanges.ask({ headers: { 'x-name': 'Ren\xe9\xff\t', 'x-empty': '' }, body: '{"query":"{a}"}' });

    expect(server.requests.map(({ head, body }) => [head.split('\r\n'), body.toString()])).toEqual([
      [
        [
          'POST /graphql HTTP/1.1',
          `host: ${server.url.host}`,
          'connection: keep-alive',
          'content-type: application/json',
          'accept: application/json',
          'x-name: Ren\xe9\xff\t',
          'x-empty: ',
          'content-length: 15',
        ],
        '{"query":"{a}"}',
      ],
    ]);
  });

  it('says once what every request says', async () => {
    answers = [write(ANSWER)];

    await exchanges.ask({
      headers: { 'Content-Type': 'text/plain', accept: '*/*', 'x-request-id': 'a', 'x-own': 'b' },
    });

    expect(server.requests[0]?.head.match(/content-type|accept|x-request-id|x-own/gi)).toEqual([
      'content-type',
      'accept',
      'x-own',
    ]);
  });

  it.each([
    ['of no byte', ''],
    ['in ASCII', '{"a":"b"}'],
    ['in Latin-1', '{"a":"é"}'],
    ['in other scripts', '{"a":"患者😀"}'],
    ['with half a character', '{"a":"\ud83d"}'],
    ['of 4 KB', 'x'.repeat(4_096)],
    ['of 4 KB in Latin-1', 'é'.repeat(2_048)],
    ['of 300 KB', 'x'.repeat(300_000)],
    ['of 300 KB in other scripts', '患'.repeat(100_000)],
  ])('sends a body %s byte for byte, and another request behind it', async (_, body) => {
    answers = [write(ANSWER), write(ANSWER)];

    await exchanges.ask({ body });
    await nextTurns();
    await exchanges.ask({ body: 'next' });

    expect(server.requests.map((request) => request.body.equals(Buffer.from(body)))).toEqual([true, body === 'next']);
    expect(server.requests[1]?.body.toString()).toBe('next');
    expect(connectionsUsed()).toEqual([0, 0]);
  });

  it('gives the bytes that come in pieces, and those that node:http sends in chunks', async () => {
    const body = '{"a":"患者"}'.repeat(20_000);
    const head = `${OK}content-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const pieces = [head.slice(0, 20), head.slice(20), Buffer.from(body).subarray(0, 7), Buffer.from(body).subarray(7)];
    answers = [({ socket }) => void writePieces(socket, pieces)];
    const piping = createServer((request: IncomingMessage, response: ServerResponse) => void request.pipe(response));
    await once(piping.listen(0, '127.0.0.1'), 'listening');
    const url = new URL(`http://127.0.0.1:${(piping.address() as AddressInfo).port}/graphql`);
    const others = startExchanges(url, { most: 1 });

    const responses = [await exchanges.ask(), await others.ask({ body })];
    await nextTurns();
    responses.push(await others.ask({ body }));
    const opened = await new Promise((resolve) => piping.getConnections((_, count) => resolve(count)));
    others.connections.close();
    await new Promise((resolve) => piping.close(resolve));

    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(responses.every(({ bytes }) => bytes.toString() === body)).toBe(true);
    expect(opened).toBe(1);
  });

  it.each([
    ['CR in a value', 'x-a', 'b\rc'],
    ['LF in a value', 'x-a', 'b\nc'],
    ['a field behind a value', 'x-a', 'b\r\nx-role: admin'],
    ['a request behind a value', 'x-a', 'b\r\n\r\nPOST /other HTTP/1.1\r\n\r\n'],
    ['NUL in a value', 'x-a', 'b\0'],
    ['a character that is no octet', 'x-a', '\u010d\u010a'],
    ['a field in a name', 'x-a: b\r\nx-role', 'admin'],
    ['a space behind a name', 'x-a ', 'b'],
    ['no name', '', 'b'],
    ['another length, behind which the body would be a request', 'content-length', '0'],
    ['another length, in capital letters', 'Content-Length', '0'],
    ['another framing', 'transfer-encoding', 'chunked'],
  ])('is refused before anything is sent for %s', async (_, name, value) => {
    answers = [write(ANSWER)];

    expect(() => exchanges.ask({ headers: { [name]: value } }).catch(() => undefined)).toThrow(TypeError);

    await exchanges.ask({ body: 'next' });
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['next']);
    expect(server.sockets).toHaveLength(1);
  });

  it.each<[string, string, (request: RawRequest) => void]>([
    ['dropped', 'the server ends the connection', ({ socket }) => void socket.end()],
    ['dropped', 'the server resets the connection', ({ socket }) => void socket.resetAndDestroy()],
    ['dropped', 'a head is cut', ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    ['dropped', 'a body is cut', ({ socket }) => void socket.end(`${OK}content-length: 5\r\n\r\nhell`)],
    ['dropped', 'chunks are cut', ({ socket }) => void socket.end(`${OK}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n`)],
    ['invalid', 'a response is none', write('SSH-2.0-OpenSSH_9.6\r\n\r\n')],
    ['invalid', 'a response is too long', write(`${OK}content-length: 1000001\r\n\r\n`)],
  ])('is %s where %s, and not sent again; the next has a connection of its own', async (end, _, answer) => {
    answers = [answer, write(ANSWER)];

    expect(await endOf(exchanges.ask())).toBe(end);
    await server.closed(0);
    expect(server.requests).toHaveLength(1);

    expect(await endOf(exchanges.ask())).toBe('answered');
    expect(connectionsUsed()).toEqual([0, 1]);
  });

  it('times out with the server, whose late answer is nobody else’s', async () => {
    answers = [write(ANSWER), () => undefined, write(ANSWER)];
    await exchanges.ask();
    await nextTurns();

    expect(await endOf(exchanges.ask({ timeoutMs: 20 }))).toBe('timeout');

    server.sockets[0]?.write(ANSWER.replace('{}', 'no'));
    await server.closed(0);
    expect((await exchanges.ask()).bytes.toString()).toBe('{}');
    expect(connectionsUsed()).toEqual([0, 0, 1]);
  });

  it('times out while it waits for a connection, and is never sent', async () => {
    const first = exchanges.ask({ body: 'first' });
    const request = await server.request(0);

    expect(await endOf(exchanges.ask({ body: 'late', timeoutMs: 20 }))).toBe('timeout');

    answers = [write(ANSWER)];
    write(ANSWER)(request);
    expect((await first).status).toBe(200);
    await exchanges.ask({ body: 'next' });
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['first', 'next']);
    expect(connectionsUsed()).toEqual([0, 0]);
  });

  it('is cancelled with the server at once, which sees it', async () => {
    const signal = new AbortSwitch();
    const end = endOf(exchanges.ask({ signal }));
    await server.request(0);

    signal.abort();

    expect(await endAtOnce(end)).toBe('cancelled');
    await server.closed(0);
  });

  it('is cancelled while it waits for a connection at once, and is never sent', async () => {
    const signal = new AbortSwitch();
    const first = exchanges.ask({ body: 'first' });
    const end = endOf(exchanges.ask({ body: 'cancelled', signal }));
    const request = await server.request(0);

    signal.abort();

    expect(await endAtOnce(end)).toBe('cancelled');
    write(ANSWER)(request);
    expect((await first).status).toBe(200);
    answers = [write(ANSWER)];
    await exchanges.ask({ body: 'next' });
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['first', 'next']);
    expect(connectionsUsed()).toEqual([0, 0]);
  });

  it('is cancelled while its connection is being made, which the next one uses', async () => {
    const signal = new AbortSwitch();
    answers = [write(ANSWER)];
    const end = endOf(exchanges.ask({ body: 'cancelled', signal }));

    signal.abort();

    expect(await endAtOnce(end)).toBe('cancelled');
    await exchanges.ask({ body: 'next' });
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['next']);
    expect(server.sockets).toHaveLength(1);
  });

  it('that is cancelled before it begins opens no connection', async () => {
    const signal = new AbortSwitch();
    signal.abort();
    answers = [write(ANSWER)];

    expect(await endOf(exchanges.ask({ signal }))).toBe('cancelled');
    expect(server.sockets).toHaveLength(0);

    await exchanges.ask({ body: 'next' });
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['next']);
  });

  it('that is over lets go of its signal, and harms no other when that aborts', async () => {
    const leaving = new AbortController();
    answers = [write(ANSWER), ({ socket }) => void socket.end(), write(ANSWER)];

    await exchanges.ask({ signal: leaving.signal });
    await nextTurns();
    expect(await endOf(exchanges.ask({ signal: leaving.signal }))).toBe('dropped');
    expect(getEventListeners(leaving.signal, 'abort')).toHaveLength(0);

    const last = exchanges.ask();
    leaving.abort();
    expect(await endOf(last)).toBe('answered');
    expect(connectionsUsed()).toEqual([0, 0, 1]);
  });
});
