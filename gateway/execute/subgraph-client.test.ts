import { afterEach, describe, expect, it } from '@jest/globals';
import { startRawServer } from '../../test/support/raw-server.ts';
import { AbortSwitch } from '../lib/abort-notice.ts';
import { createJsonReader } from './read/create-json-reader.ts';
import { createSubgraphClient } from './subgraph-client.ts';

let close = async (): Promise<void> => undefined;

afterEach(() => close());

/** A client of a subgraph that answers each request with the body it was sent, in pieces or at once. */
async function openClient(isInPieces: boolean) {
  const server = await startRawServer(({ socket, body }) => {
    const head = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`);
    if (!isInPieces) return void socket.write(Buffer.concat([head, body]));
    socket.write(head, () => socket.write(body.subarray(0, 9), () => socket.write(body.subarray(9))));
  });
  const client = createSubgraphClient({
    name: 'rows',
    urls: [server.url.href],
    timeoutMs: 600_000,
    passesCredentials: false,
    observe: () => undefined,
    stopwatch: () => performance.now(),
  });
  close = async () => {
    client.close();
    await server.stop();
  };
  return (name: string, isShared: boolean) =>
    client.fetch({
      body: JSON.stringify({ data: { name } }),
      jsonReader: createJsonReader('{ name }'),
      operation: 'query',
      fields: '',
      requestId: 'r',
      signal: new AbortSwitch(),
      isShared: () => isShared,
    });
}

describe.each([false, true])('an answer of a subgraph (in pieces: %s)', (isInPieces) => {
  it('that others share stays as it came, whatever comes after it', async () => {
    const fetch = await openClient(isInPieces);
    const shared = await fetch('one who is ill', true);

    for (const name of ['another one, who is well', 'x'.repeat(1_000)]) await fetch(name, false);

    expect(shared.answer.data).toEqual({ name: 'one who is ill' });
    expect(shared.bytes?.toString()).toBe('{"data":{"name":"one who is ill"}}');
  });

  it('that nobody shares leaves no bytes behind', async () => {
    const fetch = await openClient(isInPieces);

    expect(await fetch('one who is ill', false)).toEqual({
      answer: { data: { name: 'one who is ill' }, errors: [], isPlain: true },
      bytes: undefined,
    });
  });
});
