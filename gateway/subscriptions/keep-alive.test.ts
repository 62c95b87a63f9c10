import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { createKeepAlive, type KeepAlive } from './keep-alive.ts';

const servers: WebSocketServer[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const socket of server.clients) socket.terminate();
    server.close();
  }
});

it('pings clients again and again, and tells of the one that does not answer, not of the others', async () => {
  const told: string[] = [];
  const server = await serve(createKeepAlive(300), told);
  const [answering, silent] = [connect(server, 'answering'), connect(server, 'silent', { autoPong: false })];
  let pings = 0;
  answering.on('ping', () => (pings += 1));

  await once(silent, 'close');
  while (pings < 5) await once(answering, 'ping');

  expect(told).toEqual(['silent']);
  expect(answering.readyState).toBe(WebSocket.OPEN);
});

it('begins anew with a client that comes after all others have gone', async () => {
  const told: string[] = [];
  const server = await serve(createKeepAlive(300), told);
  const first = connect(server, 'first');
  await once(first, 'ping');
  first.close();
  await once(first, 'close');

  const second = connect(server, 'second');
  for (let pings = 0; pings < 3; pings += 1) await once(second, 'ping');

  expect(told).toEqual([]);
});

/** Terminates whom it is told of, and notes the names that they connected with. Both sides run on one event loop, which may be slow. */
async function serve(keepAlive: KeepAlive, told: string[]): Promise<WebSocketServer> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  servers.push(server);
  server.on('connection', (socket, { url, socket: connection }) =>
    keepAlive.watch(socket, connection, () => {
      told.push(String(url).slice(1));
      socket.terminate();
    }),
  );
  await once(server, 'listening');
  return server;
}

function connect(server: WebSocketServer, name: string, options: WebSocket.ClientOptions = {}): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`, options);
}
