import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { PING_FRAME, textFrame } from './socket-frames.ts';

let server: WebSocketServer;
let client: WebSocket;
let write: (frame: Buffer) => void;

beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (_socket, { socket }) => (write = (frame) => socket.write(frame)));
  client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, 'open');
});

afterAll(() => {
  client.terminate();
  server.close();
});

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('carries a text of %i bytes', async (length) => {
  const arrived = once(client, 'message') as Promise<[Buffer, boolean]>;
  write(textFrame('x'.repeat(length)));
  const [data, isBinary] = await arrived;

  expect(isBinary).toBe(false);
  expect(data.toString()).toBe('x'.repeat(length));
});

it('counts the bytes of a text and not its characters', async () => {
  const text = '🩺 Ärztin, ćwierć, 医者 '.repeat(5);
  const arrived = once(client, 'message') as Promise<[Buffer, boolean]>;
  write(textFrame(text));

  expect(String((await arrived)[0])).toBe(text);
});

it('pings without a payload', async () => {
  const arrived = once(client, 'ping') as Promise<[Buffer]>;
  write(PING_FRAME);

  expect((await arrived)[0]).toHaveLength(0);
});
