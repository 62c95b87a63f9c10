import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createHttpServer } from './create-http-server.ts';

it('does not wait for connections that never carried a request when it stops', async () => {
  const server = createHttpServer({
    handle: (_request, response) => void response.end('served'),
    handleUpgrade: (_request, socket) => socket.destroy(),
    reportFault: () => undefined,
  });
  const port = await server.listen(0, '127.0.0.1');
  const unused = connect(port, '127.0.0.1');
  await once(unused, 'connect');
  await (await fetch(`http://127.0.0.1:${port}`)).text();
  const closed = once(unused, 'close');

  await server.stop(60_000);

  await closed;
  expect(unused.destroyed).toBe(true);
});

it('waits for streams that end later than answers may, and cuts off what never ends', async () => {
  const responses: ServerResponse[] = [];
  const server = createHttpServer({
    handle(_request, response) {
      response.write('begun, ');
      responses.push(response);
    },
    handleUpgrade: (_request, socket) => socket.destroy(),
    reportFault: () => undefined,
  });
  const port = await server.listen(0, '127.0.0.1');
  const [stream, endless] = [await fetch(`http://127.0.0.1:${port}`), await fetch(`http://127.0.0.1:${port}`)];
  let streamsEnd: () => void = () => undefined;

  const stopped = server.stop(0, new Promise<void>((resolve) => (streamsEnd = resolve)));
  // Whatever is cut off after no time at all is cut off by then.
  await wait(50);
  responses[0]?.end('and at an end');
  const text = await stream.text();
  streamsEnd();

  expect(text).toBe('begun, and at an end');
  await expect(endless.text()).rejects.toThrow();
  await stopped;
});
