import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readBody } from './read-body.ts';

const MAX_BYTES = 10;
const LONG = 'x'.repeat(MAX_BYTES + 1);
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const LAST = chunk('');
const [HALF, OTHER_HALF] = [Buffer.from('höhe').subarray(0, 2), Buffer.from('höhe').subarray(2)];

let server: Server;
let client: Socket;
let received: Promise<IncomingMessage>;

beforeEach(async () => {
  server = createServer();
  received = once(server, 'request').then(([request]) => request as IncomingMessage);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
});

afterEach(() => {
  client.destroy();
  server.closeAllConnections();
  server.close();
});

const send = (fields: string, body: string): void =>
  void client.write(`POST / HTTP/1.1\r\nhost: x\r\n${fields}\r\n\r\n${body}`);

/** The request, once all of its body has come, and nobody has read it. */
async function whenComplete(): Promise<IncomingMessage> {
  const request = await received;
  while (!request.complete) await nextTurn();
  return request;
}

/** What reading gives or refuses, as a text: at once. */
function bodyThere(request: IncomingMessage): unknown {
  try {
    return readBody(request, MAX_BYTES);
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same, once it comes. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  try {
    return await readBody(request, MAX_BYTES);
  } catch (error) {
    return (error as Error).message;
  }
}

const TOO_LARGE = `The body is larger than ${MAX_BYTES} bytes.`;

describe('a body that is there when its turn comes', () => {
  it.each([
    ['with its length', 'content-length: 5', 'höhe', 'höhe'],
    ['in chunks', 'transfer-encoding: chunked', chunk('hel') + chunk('lo') + LAST, 'hello'],
    ['of no bytes', 'content-length: 0', '', ''],
    ['too large, with its length', `content-length: ${LONG.length}`, LONG, TOO_LARGE],
    ['too large, in chunks', 'transfer-encoding: chunked', chunk('x') + chunk(LONG) + LAST, TOO_LARGE],
  ])('is read at once: %s', async (_, fields, body, told) => {
    send(fields, body);

    const request = await whenComplete();

    expect(bodyThere(request)).toBe(told);
  });

  it('leaves the stream at its end', async () => {
    send('content-length: 2', 'hi');
    const request = await whenComplete();

    const ended = once(request, 'end');
    bodyThere(request);

    await ended;
    expect(request.readableEnded).toBe(true);
  });
});

describe('a body that is still to come', () => {
  it.each([
    ['with its length, cut within a character', 'content-length: 5', [HALF, OTHER_HALF], 'höhe'],
    ['in chunks', 'transfer-encoding: chunked', [chunk('hel'), chunk('lo'), LAST], 'hello'],
    ['too large, and never whole', 'transfer-encoding: chunked', [chunk(LONG)], TOO_LARGE],
  ])('is waited for: %s', async (_, fields, pieces, told) => {
    send(fields, '');
    const body = bodyOf(await received);

    for (const piece of pieces) {
      await nextTurn();
      client.write(piece);
    }

    expect(await body).toBe(told);
  });

  it('is given up when the client goes', async () => {
    send('content-length: 5', 'hel');
    const body = bodyOf(await received);

    client.destroy();

    expect(await body).toBe('The body did not arrive whole.');
  });
});
