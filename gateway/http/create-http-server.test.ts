import { once } from 'node:events';
import { connect } from 'node:net';
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
