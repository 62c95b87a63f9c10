import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { freePort, isPortFree } from './free-port.ts';

it('gives ports that can be listened on, no two alike, and none of those that connections take', async () => {
  const ports = await Promise.all(Array.from({ length: 200 }, freePort));

  expect(new Set(ports).size).toBe(200);
  expect(ports.every((port) => port >= 10_000 && port < 32_768)).toBe(true);
  expect(await Promise.all(ports.map(isPortFree))).not.toContain(false);
});

it.each(['127.0.0.1', '0.0.0.0', '::'])('tells that a port is taken at %s', async (host) => {
  const port = await freePort();
  const server = createServer().listen(port, host);
  await once(server, 'listening');

  expect(await isPortFree(port)).toBe(false);

  server.close();
  await once(server, 'close');
  expect(await isPortFree(port)).toBe(true);
});
