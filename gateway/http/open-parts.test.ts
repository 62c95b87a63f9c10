import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { INCREMENTAL } from '../respond/incremental-format.ts';
import { openParts, type PartedResponse } from './open-parts.ts';

const LARGE = [{ label: undefined, path: ['a'], data: JSON.stringify('x'.repeat(256 * 1024)) }];

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

it('writes nothing until the first piece comes', async () => {
  const { parted, socket } = await serve(1_000);

  const isBegunBefore = parted.isBegun();

  await parted.parts.first({ data: '{}' });

  const [chunk] = (await once(socket, 'data')) as [Buffer];
  expect([isBegunBefore, parted.isBegun()]).toEqual([false, true]);
  expect(chunk.toString()).toContain('content-type: multipart/mixed;boundary=graphql;deferSpec=20220824\r\n');
});

it('takes no more than its client reads, and cuts it off when it has taken nothing for too long', async () => {
  const { parted, response, socket } = await serve(200);
  socket.pause();
  await parted.parts.first({ data: '{}' });

  let count = 0;
  for (; count < 1_000 && !response.destroyed; count += 1) await parted.parts.next(LARGE, true);

  expect(response.destroyed).toBe(true);
  expect(count).toBeLessThan(200);
});

it('says what went wrong where the rest cannot follow', async () => {
  const { parted, socket } = await serve(1_000);
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));

  await parted.parts.first({ data: '{}' });
  parted.end([]);

  while (!text.includes('--graphql--')) await once(socket, 'data');
  expect(text).toContain('{"data":{},"hasNext":true}');
  expect(text).toContain('{"errors":[],"hasNext":false}');
});

/** Serves one request, with a client that has sent it. */
async function serve(
  stalledMs: number,
): Promise<{ readonly parted: PartedResponse; readonly response: ServerResponse; readonly socket: Socket }> {
  const started = (server = createServer());
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const asked = once(started, 'request') as Promise<[unknown, ServerResponse]>;
  const socket = connect((started.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [, response] = await asked;
  return { parted: openParts(response, INCREMENTAL, stalledMs), response, socket };
}
