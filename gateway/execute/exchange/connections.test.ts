import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startRawServer, type RawRequest, type RawServer } from '../../../test/support/raw-server.ts';
import { endOf, nextTurns, startExchanges, type Exchanges } from '../../../test/support/start-exchanges.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const EVIL = `${OK}content-length: 4\r\n\r\nevil`;

const responseOf = (body: string, fields = ''): string => `${OK}${fields}content-length: ${body.length}\r\n\r\n${body}`;

/** Answers with what it is sent. */
function echo({ body, socket }: RawRequest): void {
  socket.write(responseOf(body.toString('latin1')), 'latin1');
}

let server: RawServer;
let exchanges: Exchanges;

async function start(answer?: (request: RawRequest) => void, most = 8): Promise<Exchanges> {
  server = await startRawServer(answer);
  return (exchanges = startExchanges(server.url, { most }));
}

/** Over which connection each request came. */
const connectionsUsed = (): number[] => server.requests.map(({ connection }) => connection);

afterEach(async () => {
  exchanges.connections.close();
  // Waits for ever if a connection is left.
  await server.stop();
  expect(server.sockets.every(({ destroyed }) => destroyed)).toBe(true);
});

describe('a connection', () => {
  it('is used again for the next request, and for no two at once', async () => {
    const { ask } = await start();

    for (const place of [0, 1]) {
      const asked = ask();
      echo(await server.request(place));
      await asked;
      await nextTurns();
    }
    const both = [ask({ body: 'a' }), ask({ body: 'b' })];
    for (const place of [3, 2]) echo(await server.request(place));
    const bodies = (await Promise.all(both)).map(({ bytes }) => bytes.toString());

    expect(bodies).toEqual(['a', 'b']);
    expect(connectionsUsed().slice(0, 2)).toEqual([0, 0]);
    expect(connectionsUsed().slice(2).sort()).toEqual([0, 1]);
  });

  it('is waited for, first come first served, where there are as many as may be', async () => {
    const { ask } = await start(undefined, 2);

    const asked = ['0', '1', '2', '3', '4'].map((body) => ask({ body }));
    await server.request(1);
    expect(server.requests).toHaveLength(2);
    for (const place of asked.keys()) {
      echo(await server.request(place));
      // For each that is answered, one comes.
      await server.request(Math.min(place + 2, 4));
      expect(server.requests).toHaveLength(Math.min(place + 3, 5));
    }
    const bodies = (await Promise.all(asked)).map(({ bytes }) => bytes.toString());
    const came = server.requests.map(({ body }) => body.toString());

    expect(bodies).toEqual(['0', '1', '2', '3', '4']);
    expect([...came.slice(0, 2).sort(), ...came.slice(2)]).toEqual(bodies);
    expect(server.sockets).toHaveLength(2);
  });

  it.each([
    ['a response that says so', responseOf('{}', 'connection: close\r\n')],
    ['a response that says so in a list', responseOf('{}', 'Connection: keep-alive, Close\r\n')],
    ['a response in HTTP/1.0', responseOf('{}', 'connection: keep-alive\r\n').replace('1.1', '1.0')],
    ['a response that others follow', responseOf('{}') + EVIL],
  ])('is closed after %s, and the next request has one of its own', async (_, response) => {
    const { ask } = await start((request) => {
      if (request.connection === 0) request.socket.write(response);
      else echo(request);
    });

    const first = await ask();
    const second = await ask({ body: 'good' });

    expect([first, second].map(({ bytes }) => bytes.toString())).toEqual(['{}', 'good']);
    expect(connectionsUsed()).toEqual([0, 1]);
    await server.closed(0);
  });

  it.each([
    ['sends what nobody asked for', () => server.sockets[0]?.write(EVIL)],
    ['ends it', () => server.sockets[0]?.end()],
  ])('is closed when the server %s between two requests, and the next has one of its own', async (_, happen) => {
    const { ask } = await start(echo);

    await ask();
    happen();
    await server.closed(0);
    const second = await ask({ body: 'good' });

    expect(second.bytes.toString()).toBe('good');
    expect(connectionsUsed()).toEqual([0, 1]);
  });

  it('is not used before what came behind a response has been read, too, and is closed for it', async () => {
    // As much as is read at once: what follows is read by itself.
    const whole = responseOf('x'.repeat(65_536 - responseOf('').length - 4));
    const { ask } = await start((request) => {
      if (request.connection === 0) request.socket.write(whole + EVIL);
      else echo(request);
    });

    const first = await ask();
    const second = await ask({ body: 'good' });

    expect(whole).toHaveLength(65_536);
    expect([first, second].map(({ bytes }) => bytes.toString().slice(0, 4))).toEqual(['xxxx', 'good']);
    expect(connectionsUsed()).toEqual([0, 1]);
    await server.closed(0);
  });

  it('is not used before the end of it has been read, which a server may not have announced', async () => {
    const { ask } = await start(({ socket }) => void socket.end(responseOf('{}')));

    const ends = [await endOf(ask()), await endOf(ask()), await endOf(ask())];

    expect(ends).toEqual(['answered', 'answered', 'answered']);
    expect(connectionsUsed()).toEqual([0, 1, 2]);
  });

  it('gives what it was given until the server ended it, and is not used again', async () => {
    const { ask } = await start(({ socket }) => void socket.end(`${OK}\r\nuntil the end`));

    const bodies = [await ask(), await ask()].map(({ bytes }) => bytes.toString());

    expect(bodies).toEqual(['until the end', 'until the end']);
    expect(connectionsUsed()).toEqual([0, 1]);
  });

  it.each([
    ['a second less than the server says', 'keep-alive: timeout=10\r\n', 9_000],
    ['four seconds, where it says nothing', '', 4_000],
  ])('is used again for %s', async (_, fields, keptMs) => {
    const { ask, pass } = await start(({ socket }) => void socket.write(responseOf('{}', fields)));

    await ask();
    await nextTurns();
    pass(keptMs - 1);
    await ask();
    await nextTurns();
    pass(keptMs);
    await ask();

    expect(connectionsUsed()).toEqual([0, 0, 1]);
    await server.closed(0);
  });

  it('is closed when its time is over, though nobody asks', async () => {
    const { ask, pass } = await start(echo);

    await ask();
    await nextTurns();
    pass(4_000);

    await server.closed(0);
    expect(server.sockets).toHaveLength(1);
  });

  it('is closed when the server answers before it has read the request, as the rest could be taken for another', async () => {
    const { ask } = await start(echo);

    const asked = ask({ body: 'x'.repeat(32 * 1024 * 1024) });
    const socket = await server.connected(0);
    socket.pause().write(responseOf('too long'));
    const first = await asked;
    socket.resume();
    await server.closed(0);
    const second = await ask({ body: 'good' });

    expect([first, second].map(({ bytes }) => bytes.toString())).toEqual(['too long', 'good']);
    expect(server.requests.map(({ connection, body }) => [connection, body.toString()])).toEqual([[1, 'good']]);
  });

  it('that is refused fails one request; the others are sent once the server is there', async () => {
    const gone = await startRawServer();
    await gone.stop();
    exchanges = startExchanges(gone.url, { most: 1 });

    const ends = Array.from({ length: 50 }, () => endOf(exchanges.ask()));
    const first = await ends[0];
    server = await startRawServer(echo, Number(gone.url.port));
    const all = await Promise.all(ends);

    expect(first).toBe('unsent');
    expect(all.join(' ')).toMatch(/^(unsent )+(answered ?)+$/);
    expect(server.requests).toHaveLength(all.filter((end) => end === 'answered').length);
    expect(server.sockets).toHaveLength(1);
  });

  it('that is not made in time fails the request, and is closed', async () => {
    server = await startRawServer();
    // The server waits for a request, and we for the end of a handshake.
    exchanges = startExchanges(new URL(server.url.href.replace('http:', 'https:')), { connectTimeoutMs: 20 });

    expect(await endOf(exchanges.ask())).toBe('unsent');

    await server.connected(0);
    await server.closed(0);
    expect(server.requests).toEqual([]);
  });

  it('ends with all others on close, whoever waits, and none is made from then on', async () => {
    const { ask, connections } = await start(undefined, 2);

    const ends = [ask(), ask(), ask()].map(endOf);
    await server.request(1);
    connections.close();

    expect(await Promise.all(ends)).toEqual(['dropped', 'dropped', 'unsent']);
    expect(await endOf(ask())).toBe('unsent');
    await Promise.all([server.closed(0), server.closed(1)]);
    expect(server.sockets).toHaveLength(2);
  });

  it('that is being made when all are closed sends nothing', async () => {
    const { ask, connections } = await start(echo);

    const end = endOf(ask());
    connections.close();

    expect(await end).toBe('unsent');
    expect(server.requests).toEqual([]);
  });

  it('keeps no process going that has got its answer', async () => {
    await start(echo);
    const program = `
      import { startExchanges } from './test/support/start-exchanges.ts';
      const { bytes } = await startExchanges(new URL('${server.url.href}')).ask({ body: 'told' });
      process.stdout.write(bytes.toString());`;

    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program]);
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const [printed, [code]] = await Promise.all([text(child.stdout), exited]);

    expect(printed).toBe('told');
    expect(code).toBe(0);
  });
});
