import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createPresentErrors } from '../errors/present-errors.ts';
import { createHttpServer } from './create-http-server.ts';
import { createGraphqlEndpoint } from './graphql-endpoint.ts';

it('does not begin what nobody waits for any more when its turn comes', async () => {
  const waiting: (() => Promise<unknown>)[] = [];
  const ran: unknown[] = [];
  const handle = createGraphqlEndpoint({
    run: async ({ params }) => {
      ran.push(params.query);
      return { data: '{}' };
    },
    respond: () => ({ status: 200, headers: {}, body: '{}' }),
    acceptedStream: () => undefined,
    answerInStream: () => Promise.reject(new Error('no stream was asked for')),
    openParts: () => undefined,
    presentErrors: createPresentErrors(() => undefined),
    requestId: () => 'request-1',
    cors: { headersFor: () => ({}), preflightFor: () => undefined },
    maxBodyBytes: 1_000,
    stopwatch: () => 0,
    begin: (work) => new Promise((resolve) => waiting.push(() => work().then(resolve))),
  });
  let closed = 0;
  const server = createHttpServer({
    handle(request, response) {
      response.once('close', () => (closed += 1));
      return handle(request, response);
    },
    handleUpgrade: () => undefined,
    reportFault: (error) => ran.push(error),
  });
  const port = await server.listen(0, '127.0.0.1');
  const [gone, patient] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];

  gone.write(requestFor('{gone}'));
  await until(() => waiting.length === 1);
  patient.write(requestFor('{patient}'));
  await until(() => waiting.length === 2);
  gone.destroy();
  await until(() => closed === 1);
  await Promise.all(waiting.map((begin) => begin()));

  expect(ran).toEqual(['{patient}']);
  patient.destroy();
  await server.stop(0);
});

function requestFor(query: string): string {
  return `GET /graphql?query=${query} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}
