import { describe, expect, it } from '@jest/globals';
import { IDENTITY_HEADER } from '../../wire/names.ts';
import type { Caller } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { FetchNode } from '../plan/compiled-plan.ts';
import { createSend, type Sender } from './create-send.ts';
import { parseSubgraphAnswer } from './parse-subgraph-answer.ts';
import { createJsonReader } from './read/create-json-reader.ts';
import type { SubgraphClient, SubgraphFetch } from './subgraph-client.ts';

const FETCH: FetchNode = {
  kind: 'fetch',
  subgraph: 'rows',
  operation: 'query',
  document: '{rows{id}}',
  operationName: undefined,
  variables: [],
  target: { kind: 'root', path: [], keys: ['rows'], outputRewrites: [] },
};

interface Asked extends SubgraphFetch {
  readonly answer: (text: string) => void;
  readonly fail: (error: Error) => void;
}

/** A door to a subgraph that answers when it is told to. */
function openDoor() {
  const asked: Asked[] = [];
  const logged: string[] = [];
  const client: SubgraphClient = {
    fetch: (request) =>
      new Promise((resolve, reject) => {
        const answer = (text: string): void => {
          const bytes = Buffer.from(text);
          const read = parseSubgraphAnswer(bytes, createJsonReader('{a}'));
          if (read !== undefined) resolve({ answer: read, bytes: request.isShared() ? bytes : undefined });
        };
        asked.push({ ...request, answer, fail: reject });
      }),
    close: () => undefined,
  };
  const { onBehalfOf: send, renew } = createSend({
    clients: new Map([['rows', client]]),
    headersFor: async ({ caller, request }, subgraph) => ({
      authorization: request.headers['authorization'],
      [IDENTITY_HEADER]: `${caller.key} for ${subgraph}`,
    }),
    logFailure: ({ requestId }) => void logged.push(requestId),
  });
  return { send, renew, asked, logged };
}

let requests = 0;

function senderOf(name: string, headers: Record<string, string> = {}, signal = new AbortController().signal): Sender {
  const caller: Caller = { key: name, identity: { kind: 'anonymous' } as never };
  return { caller, request: { headers, requestId: `request-${(requests += 1)}`, transport: 'http' }, signal };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createSend', () => {
  it('sends equal queries of one caller once, and gives each asker an answer of its own', async () => {
    const { send, asked } = openDoor();

    const both = [send(senderOf('ada'))(FETCH, '{"a":1}'), send(senderOf('ada'))(FETCH, '{"a":1}')];
    await settled();
    asked[0]?.answer('{"data":{"rows":[{"id":"1"}]}}');
    const [first, second] = await Promise.all(both);

    expect(asked).toHaveLength(1);
    expect(first).toEqual(second);
    expect(first?.data?.['rows']).not.toBe(second?.data?.['rows']);
    expect((first?.data?.['rows'] as unknown[])[0]).not.toBe((second?.data?.['rows'] as unknown[])[0]);
  });

  it.each([
    ['callers differ', senderOf('ada'), senderOf('grace'), FETCH, '{}'],
    [
      'forwarded headers differ',
      senderOf('', { authorization: 'a' }),
      senderOf('', { authorization: 'b' }),
      FETCH,
      '{}',
    ],
    ['one forwards a header and the other none', senderOf(''), senderOf('', { authorization: 'b' }), FETCH, '{}'],
    ['variables differ', senderOf('ada'), senderOf('ada'), FETCH, '{"a":1}'],
    ['documents differ', senderOf('ada'), senderOf('ada'), { ...FETCH, document: '{rows{id }}' }, '{}'],
    ['operation names differ', senderOf('ada'), senderOf('ada'), { ...FETCH, operationName: 'A' }, '{}'],
  ])('shares nothing where %s', async (_, one, other, fetch, variables) => {
    const { send, asked } = openDoor();

    const both = [send(one)(FETCH, '{}'), send(other)(fetch, variables)];
    await settled();
    asked.forEach(({ answer }, index) => answer(`{"data":{"rows":${index}}}`));

    expect((await Promise.all(both)).map(({ data }) => data)).toEqual([{ rows: 0 }, { rows: 1 }]);
  });

  it('lets no query join one that was sent before something changed, nor one that is about an event', async () => {
    const { send, renew, asked } = openDoor();
    const onSocket = senderOf('ada');
    const ofEvent: Sender = { ...onSocket, request: { ...onSocket.request, transport: 'websocket' } };

    const before = send(senderOf('ada'))(FETCH, '{}');
    const event = send(ofEvent)(FETCH, '{}');
    await settled();
    renew();
    const after = [send(senderOf('ada'))(FETCH, '{}'), send(senderOf('ada'))(FETCH, '{}')];
    await settled();
    asked.forEach(({ answer }, index) => answer(`{"data":{"rows":${index}}}`));

    const answers = await Promise.all([before, event, ...after]);
    expect(answers.map(({ data }) => data?.['rows'])).toEqual([0, 1, 2, 2]);
  });

  it('refuses a header that could be taken for several, and asks nobody', async () => {
    const { send, asked, logged } = openDoor();

    const answer = send(senderOf('ada', { authorization: 'a\r\nx-role: admin' }))(FETCH, '{}');

    await expect(answer).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fault: 'client' });
    await expect(answer).rejects.toThrow('The header "authorization" cannot be passed on');
    expect([asked, logged]).toEqual([[], []]);
  });

  it('shares long queries as it does short ones: of one caller, and where every byte is equal', async () => {
    const { send, asked } = openDoor();
    const long = (last: string) => JSON.stringify({ representations: 'x'.repeat(20_000) + last });

    const all = [
      send(senderOf('ada'))(FETCH, long('a')),
      send(senderOf('ada'))(FETCH, long('a')),
      send(senderOf('ada'))(FETCH, long('b')),
      send(senderOf('grace'))(FETCH, long('a')),
    ];
    await settled();
    asked.forEach(({ answer }, index) => answer(`{"data":{"rows":${index}}}`));

    expect((await Promise.all(all)).map(({ data }) => data?.['rows'])).toEqual([0, 0, 1, 2]);
  });

  it('never shares a mutation', async () => {
    const { send, asked } = openDoor();
    const fetch: FetchNode = { ...FETCH, operation: 'mutation' };

    const both = [send(senderOf('ada'))(fetch, '{}'), send(senderOf('ada'))(fetch, '{}')];
    await settled();
    asked.forEach(({ answer }) => answer('{"data":{}}'));
    await Promise.all(both);

    expect(asked.map(({ operation }) => operation)).toEqual(['mutation', 'mutation']);
  });

  it('goes on for those who stay when the client that asked first goes away', async () => {
    const { send, asked } = openDoor();
    const leaving = new AbortController();

    const first = send(senderOf('ada', {}, leaving.signal))(FETCH, '{}');
    const second = send(senderOf('ada'))(FETCH, '{}');
    await settled();
    leaving.abort();

    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.answer('{"data":{"rows":[]}}');
    expect((await second).data).toEqual({ rows: [] });
    await first;
  });

  it('ends the request when all have gone, and does not log what nobody waits for', async () => {
    const { send, asked, logged } = openDoor();
    const leaving = new AbortController();

    const gone = send(senderOf('ada', {}, leaving.signal))(FETCH, '{}');
    await settled();
    leaving.abort();

    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.fail(new GatewayError('SUBGRAPH_UNAVAILABLE', 'gone', { fault: 'internal' }));
    await expect(gone).rejects.toThrow('gone');
    expect(logged).toEqual([]);
  });

  it('tells every asker of a failure, in the log too', async () => {
    const { send, asked, logged } = openDoor();

    const both = Promise.allSettled([send(senderOf('ada'))(FETCH, '{}'), send(senderOf('ada'))(FETCH, '{}')]);
    await settled();
    asked[0]?.fail(new GatewayError('SUBGRAPH_TIMEOUT', 'late', { fault: 'internal' }));

    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(logged).toHaveLength(2);
  });

  it('sends the document, the variables, and who asks', async () => {
    const { send, asked } = openDoor();
    const sender = senderOf('ada', { authorization: 'token', cookie: 'secret' });

    const answer = send(sender)({ ...FETCH, operationName: 'Rows' }, '{"a":[null]}');
    await settled();
    asked[0]?.answer('{"data":{}}');
    await answer;

    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      query: '{rows{id}}',
      operationName: 'Rows',
      variables: { a: [null] },
    });
    expect(asked[0]?.fields).toBe(`authorization: token\r\n${IDENTITY_HEADER}: ada for rows\r\n`);
    expect(asked[0]?.requestId).toBe(sender.request.requestId);
  });
});
