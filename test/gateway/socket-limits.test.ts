import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openResponse, type OpenResponse } from './support/open-response.ts';
import { RawSocket } from './support/raw-socket.ts';
import type { TestGateway } from './support/start-gateway.ts';
import { eventually } from './support/supergraph-file.ts';
import { createVisitWorld, type VisitWorld } from './support/visit-world.ts';

const MEBIBYTE = 1024 * 1024;
const MULTIPART = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json';
const RATE_LIMITED = { code: 'RATE_LIMITED', requestId: expect.any(String) as unknown };

let world: VisitWorld;
let gateway: TestGateway;
const sockets: RawSocket[] = [];
const connections: Socket[] = [];
const streams: OpenResponse[] = [];

beforeAll(async () => {
  world = await createVisitWorld();
  gateway = await world.startGateway({
    SOCKETS_PER_IDENTITY: '2',
    SOCKETS_PER_ADDRESS: '6',
    TRUSTED_PROXIES: '1',
    SOCKET_INIT_TIMEOUT_MS: '3000',
    SOCKET_MAX_OPERATIONS: '3',
    SOCKET_MAX_MESSAGE_BYTES: '2048',
    SOCKET_MESSAGES_PER_SECOND: '5',
    SOCKET_MAX_WAITING_ANSWERS: '5',
    SOCKET_STALL_MS: '400',
  });
});

afterEach(async () => {
  for (const connection of connections.splice(0)) connection.destroy();
  for (const stream of streams.splice(0)) stream.close();
  for (const socket of sockets.splice(0)) socket.cut();
  await eventually(async () => (await metric('caregraph_gateway_sockets')) === 0);
  await eventually(async () => (await metric('caregraph_gateway_streams')) === 0);
});

afterAll(async () => {
  await gateway.stop();
  await world.stop();
});

describe('a socket is closed', () => {
  it('with 4430 when its account has as many as it may, and no other account suffers', async () => {
    const [first, second] = [await connect('ada'), await connect('ada')];
    await Promise.all([first.acknowledged(), second.acknowledged()]);

    const third = await connect('ada');
    const eve = await connect('eve');

    expect(await third.closed).toEqual([4430, 'Your account has too many sockets and streams open']);
    expect(await eve.ask()).toEqual({ data: { hello: 'world' } });
    expect(await closes('too_many_of_identity')).toBe(1);
    first.cut();
    await eventually(async () => (await metric('caregraph_gateway_sockets')) === 2);
    const fourth = await connect('ada');
    await fourth.acknowledged();
  });

  it('with 4431 when its address has as many as it may, by what the proxy in front saw', async () => {
    const crowd = Array.from({ length: 6 }, () => anonymous('198.51.100.1, 203.0.113.5'));
    await Promise.all(crowd.map((socket) => socket.acknowledged()));

    const seventh = anonymous('192.0.2.99, 203.0.113.5');
    const elsewhere = anonymous('203.0.113.5, 203.0.113.6');

    expect(await seventh.closed).toEqual([4431, 'Your address has too many sockets and streams open']);
    await elsewhere.acknowledged();
    expect(await closes('too_many_of_address')).toBe(1);
  });

  it('with 4408 when no connection_init comes in time', async () => {
    const socket = anonymous();
    socket.socket.removeAllListeners('open');

    expect(await socket.closed).toEqual([4408, 'Connection initialisation timeout']);
    expect(await closes('no_init_in_time')).toBe(1);
  });

  it('with 1009 after a message that is too large', async () => {
    const ada = await connect('ada');
    await ada.acknowledged();

    ada.send({ type: 'ping', payload: { long: 'x'.repeat(2_100) } });

    expect((await ada.closed)[0]).toBe(1009);
    expect(await closes('message_too_large')).toBe(1);
  });

  it.each([
    ['1002 after a frame of a kind that the protocol does not know', 1002, [0x83, 0x80, 0, 0, 0, 0]],
    ['1002 after a frame that is not masked', 1002, [0x81, 0x02, 0x7b, 0x7d]],
    ['1007 after text that is not UTF-8', 1007, [0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]],
  ])('with %s', async (_, code, frame) => {
    const before = (await closes('bad_frame')) ?? 0;
    const socket = await openBareSocket();

    socket.write(Buffer.from(frame));
    const [answer] = (await once(socket, 'data')) as [Buffer];

    // A close frame, and the code at the beginning of its payload (RFC 6455, sections 5.5.1 and 7.1.5).
    expect(answer[0]).toBe(0x88);
    expect(answer.readUInt16BE(2)).toBe(code);
    socket.destroy();
    await eventually(async () => (await closes('bad_frame')) === before + 1);
  });

  it('with 4432 after more messages than the average and its burst allow, of which it runs no more', async () => {
    const ada = await connect('ada');
    await ada.acknowledged();
    const before = ada.messages.length;

    for (let n = 0; n < 60; n += 1) ada.send({ type: 'ping' });

    expect(await ada.closed).toEqual([4432, 'You send too many messages a second']);
    expect(ada.messages.length - before).toBeLessThanOrEqual(20);
    expect(await closes('too_many_messages')).toBe(1);
  });

  it('with 4432 after as many pings of the protocol below', async () => {
    const ada = await connect('ada');
    await ada.acknowledged();

    for (let n = 0; n < 60; n += 1) ada.socket.ping();

    expect((await ada.closed)[0]).toBe(4432);
  });

  it('with 4408 when more different events wait than may', async () => {
    const ada = await connect('ada');
    await ada.subscribe('s', 'subscription { changed { id status } }');
    let release: () => void = () => undefined;
    const mayAnswer = new Promise<void>((resolve) => (release = resolve));

    await world.happen({ status: 'slow', mayAnswer }, ['ada']);
    for (let n = 0; n < 6; n += 1) await world.happen({ status: `${n}` }, ['ada']);

    expect(await ada.closed).toEqual([4408, 'Too many events wait for you to take them']);
    expect(await closes('too_slow')).toBe(1);
    release();
  });

  it('with 4408 and cut off when its client reads nothing while something waits for it', async () => {
    const ada = await connect('ada');
    await ada.subscribe('s', 'subscription { changed { id status } }');
    const connection = (ada.socket as unknown as { readonly _socket: Socket })._socket;
    connection.pause();

    // More than the system takes in for a client that does not read.
    for (let n = 0; n < 5; n += 1) await world.happen({ status: 'x'.repeat(6 * MEBIBYTE) }, ['ada']);

    await eventually(async () => (await closes('not_reading')) === 1);
    connection.destroy();
  });
});

describe('a subscription over HTTP', () => {
  it('is refused with 429 when its account has as many sockets and streams as it may, and no other account suffers', async () => {
    const socket = await connect('ada');
    await socket.acknowledged();
    const stream = await subscribe('ada');

    const [refused, eventStream] = [await subscribe('ada'), await subscribe('ada', { accept: 'text/event-stream' })];
    await Promise.all([refused.ended, eventStream.ended]);
    const [third, eve] = [await connect('ada'), await subscribe('eve')];

    expect([stream.status, eve.status]).toEqual([200, 200]);
    expect(refused.status).toBe(429);
    expect(refused.headers['content-type']).toContain('application/graphql-response+json');
    expect(JSON.parse(refused.text())).toEqual({
      errors: [{ message: 'Your account has too many sockets and streams open', extensions: RATE_LIMITED }],
    });
    expect(eventStream.text()).toMatch(/event: next\ndata: .*"RATE_LIMITED".*\n\nevent: complete/);
    expect((await third.closed)[0]).toBe(4430);
    expect(await closes('too_many_of_identity', 'http')).toBe(2);
    expect(await metric('caregraph_gateway_streams')).toBe(2);
  });

  it('has its place until it ends, as what is no subscription has none', async () => {
    const [first] = [await subscribe('ada'), await subscribe('ada')];
    const query = await subscribe('ada', { query: '{ hello }', accept: 'text/event-stream' });
    await query.ended;
    first.close();
    await eventually(async () => (await metric('caregraph_gateway_streams')) === 1);

    const next = await subscribe('ada');
    await world.happen({ status: 'for the next one' }, ['ada']);
    await next.until('for the next one');

    expect(query.text()).toContain('world');
    expect(next.status).toBe(200);
  });

  it('is refused with 429 when its address has as many as it may, by what the proxy in front saw', async () => {
    const crowd = Array.from({ length: 5 }, () => anonymous('203.0.113.7'));
    await Promise.all(crowd.map((socket) => socket.acknowledged()));
    await subscribe('ada', { forwardedFor: '203.0.113.7' });

    const seventh = await subscribe('eve', { forwardedFor: '192.0.2.99, 203.0.113.7' });
    const elsewhere = await subscribe('eve', { forwardedFor: '203.0.113.7, 203.0.113.8' });
    const socket = anonymous('203.0.113.7');

    await seventh.ended;
    expect(seventh.status).toBe(429);
    expect(seventh.text()).toContain('Your address has too many sockets and streams open');
    expect(elsewhere.status).toBe(200);
    expect((await socket.closed)[0]).toBe(4431);
    expect(await closes('too_many_of_address', 'http')).toBe(1);
  });
});

describe('a slow client', () => {
  it('of states gets the latest of each subject, and is told how many it was not sent', async () => {
    const ada = await connect('ada');
    await ada.subscribe('s', 'subscription { state { id status visit { id } } }');
    let release: () => void = () => undefined;
    const mayAnswer = new Promise<void>((resolve) => (release = resolve));
    const skippedBefore = (await metric('caregraph_gateway_skipped_answers_total')) ?? 0;

    const slow = await world.happen({ status: 'slow', mayAnswer }, ['ada']);
    await eventually(() => world.askedFor(slow) === 1);
    await world.happen({ visit: 'v2', status: 'only one' }, ['ada']);
    let last = '';
    for (let n = 1; n <= 20; n += 1) last = await world.happen({ visit: 'v1', status: `state ${n}` }, ['ada']);
    await eventually(() => world.askedFor(last) === 1);
    release();

    await eventually(() => ada.statuses('s').includes('state 20'));
    const received = ada.received('s');
    const skipped = received.reduce((sum, { extensions }) => sum + (extensions?.skipped ?? 0), 0);
    expect(ada.statuses('s').slice(0, 2)).toEqual(['slow', 'only one']);
    expect(received.length + skipped).toBe(22);
    expect(skipped).toBeGreaterThan(0);
    expect(await metric('caregraph_gateway_skipped_answers_total')).toBe(skippedBefore + skipped);
  });
});

describe('operations beyond the limit of a socket', () => {
  it('are refused with RATE_LIMITED, counted, and the socket goes on', async () => {
    const ada = await connect('ada');
    await ada.acknowledged();
    for (const id of ['a', 'b', 'c', 'd'])
      ada.send({ id, type: 'subscribe', payload: { query: 'subscription { changed { id } }' } });

    const { payload } = await ada.message('error', 'd');
    ada.send({ id: 'a', type: 'complete' });

    expect(payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect(await ada.ask()).toEqual({ data: { hello: 'world' } });
    expect(await metric('caregraph_gateway_socket_operations_refused_total')).toBe(1);
    expect(await metric('caregraph_gateway_subscriptions')).toBe(2);
  });
});

it('a connection that ends in the middle of its handshake leaves nothing', async () => {
  const { hostname, port } = new URL(gateway.url);
  const connection = createConnection(Number(port), hostname);
  connections.push(connection);
  connection.write(
    'GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: AAAA\r\n\r\n',
  );

  await new Promise((resolve) => connection.once('close', resolve).resume());

  expect(await metric('caregraph_gateway_sockets')).toBe(0);
});

async function connect(subject: string): Promise<RawSocket> {
  const socket = new RawSocket(gateway.url, { token: await world.tokenFor(subject) });
  sockets.push(socket);
  return socket;
}

/** A connection after the handshake, over which any bytes can be sent. */
async function openBareSocket(): Promise<Socket> {
  const headers = {
    ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-protocol': 'graphql-transport-ws',
  };
  const [, socket] = (await once(request(`${gateway.url}/graphql`, { headers }).end(), 'upgrade')) as [
    IncomingMessage,
    Socket,
  ];
  connections.push(socket);
  return socket;
}

function anonymous(forwardedFor = '203.0.113.1'): RawSocket {
  const socket = new RawSocket(gateway.url, { headers: { 'x-forwarded-for': forwardedFor } });
  sockets.push(socket);
  return socket;
}

interface Subscribing {
  readonly query?: string;
  readonly accept?: string;
  readonly forwardedFor?: string;
}

/** By default as Apollo's clients do, which take JSON as well. */
async function subscribe(subject: string, options: Subscribing = {}): Promise<OpenResponse> {
  const { query = 'subscription { changed { status } }', accept = MULTIPART, forwardedFor = '203.0.113.2' } = options;
  const stream = await openResponse(`${gateway.url}/graphql`, {
    headers: {
      accept,
      'content-type': 'application/json',
      authorization: `Bearer ${await world.tokenFor(subject)}`,
      'x-forwarded-for': forwardedFor,
    },
    body: JSON.stringify({ query }),
  });
  streams.push(stream);
  return stream;
}

async function metric(name: string): Promise<number | undefined> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

function closes(reason: string, transport = 'websocket'): Promise<number | undefined> {
  return metric(`caregraph_gateway_socket_closes_total{reason="${reason}",transport="${transport}"}`);
}
