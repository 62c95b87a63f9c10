import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { GatewayError } from '../errors/gateway-error.ts';
import { createPresentErrors } from '../errors/present-errors.ts';
import { EVENT_STREAM } from '../respond/event-stream-format.ts';
import { writeStream, type AnswerStream, type StreamEnd } from './write-stream.ts';

const presentErrors = createPresentErrors(() => undefined);
const LARGE = { data: { text: 'x'.repeat(256 * 1024) } };

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

it('shows a sign of life while there is nothing to tell', async () => {
  const { answers } = endless(() => new Promise(() => undefined));
  const { socket } = await serve(answers, { heartbeatMs: 20 });
  let text = '';

  socket.on('data', (chunk) => (text += chunk.toString()));

  while (text.split(':\n\n').length < 4) await once(socket, 'data');
});

it('asks for no further answers than its client reads, and cuts it off when it has taken nothing for too long', async () => {
  const { answers, asked, isOver } = endless(async () => LARGE);
  const { socket, written } = await serve(answers, { stalledMs: 300 });

  socket.pause();
  await written;

  expect(asked()).toBeLessThan(100);
  expect(isOver()).toBe(true);
});

it('goes on when a slow client reads again', async () => {
  const { answers, asked } = endless(async () => LARGE);
  const { socket } = await serve(answers, { stalledMs: 60_000 });
  socket.pause();
  let before = -1;
  while (asked() !== before) {
    before = asked();
    await wait(50);
  }

  socket.resume();

  while (asked() < before + 10) await once(socket, 'data');
});

it('does not wait for an answer under way when it is over, and lets the answers go', async () => {
  const { answers, isOver } = endless(() => new Promise(() => undefined));
  const { socket, written, over } = await serve(answers, {});
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));

  over.abort({ error: new GatewayError('TOKEN_EXPIRED', 'over'), isInterruption: false } satisfies StreamEnd);
  await written;
  while (!text.includes('event: complete')) await once(socket, 'data');

  expect(text).toContain('"TOKEN_EXPIRED"');
  expect(isOver()).toBe(true);
});

/** Answers that never end by themselves, one at a time. */
function endless(answer: () => Promise<{ data: Record<string, unknown> }>) {
  let asked = 0;
  let isOver = false;
  const answers: AnswerStream['answers'] = {
    next: async () => {
      asked += 1;
      return { done: false, value: await answer() };
    },
    return: async () => {
      isOver = true;
      return { done: true, value: undefined };
    },
    throw: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => answers,
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { answers, asked: () => asked, isOver: () => isOver };
}

interface Serving {
  readonly socket: Socket;
  readonly over: AbortController;
  /** Resolves when the stream has been written. */
  readonly written: Promise<void>;
}

async function serve(
  answers: AnswerStream['answers'],
  times: { heartbeatMs?: number; stalledMs?: number },
): Promise<Serving> {
  const over = new AbortController();
  const present = (error: unknown) => presentErrors.thrown(error, 'r');
  server = createServer();
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  response.once('close', () => over.abort());
  const stream = { format: EVENT_STREAM, answers, over: over.signal, present };
  const written = writeStream(response, stream, {
    heartbeatMs: 60_000,
    stalledMs: 60_000,
    retryMs: () => 1_000,
    ...times,
  });
  return { socket, over, written };
}
