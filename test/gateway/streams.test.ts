import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startEventClinic, type EventClinic } from './support/event-clinic.ts';
import { openResponse, type OpenResponse } from './support/open-response.ts';
import type { TestGateway } from './support/start-gateway.ts';

const ALL = 'subscription { changed { status visit { id room } } }';
const EVENT_STREAM = 'text/event-stream';
const MULTIPART = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json';
const REFUSED = expect.any(String) as unknown;

let clinic: EventClinic;
let gateway: TestGateway;
const opened: OpenResponse[] = [];

beforeAll(async () => {
  clinic = await startEventClinic();
  gateway = await clinic.startGateway();
});

afterEach(() => {
  for (const response of opened.splice(0)) response.close();
});

afterAll(async () => {
  await gateway.stop();
  await clinic.stop();
});

/** The place of the event in the log, by which a client resumes. */
const EVENT_ID = { eventId: expect.stringMatching(/^[0-9a-z]+\.[\w-]{8}$/) as unknown };

describe('an event stream', () => {
  it('carries the answers of a subscription, as events of GraphQL over SSE', async () => {
    const stream = await open(EVENT_STREAM, ALL, 'ada');

    await clinic.happen({ visit: 'v1', status: 'CONFIRMED' }, ['ada']);
    await clinic.happen({ visit: 'v1', status: 'for-eve' }, ['eve']);
    await clinic.happen({ visit: 'v2', status: 'CANCELLED' }, ['ada']);
    await stream.until('CANCELLED');

    expect(stream.status).toBe(200);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers['cache-control']).toBe('no-store');
    expect(dataOf(stream)).toEqual([
      { data: { changed: { status: 'CONFIRMED', visit: { id: 'v1', room: 'room of v1' } } }, extensions: EVENT_ID },
      { data: { changed: { status: 'CANCELLED', visit: { id: 'v2', room: 'room of v2' } } }, extensions: EVENT_ID },
    ]);
    expect(stream.text()).not.toContain('event: complete');
  });

  it.each([
    ['a query', '{ hello }', { data: { hello: 'world' } }],
    ['a mutation', 'mutation { touch }', { data: { touch: 'ada' } }],
  ])('carries the one answer of %s, and ends', async (_kind, query, answer) => {
    const stream = await open(EVENT_STREAM, query, 'ada');

    await stream.ended;

    expect(stream.text()).toBe(`:\n\nevent: next\ndata: ${JSON.stringify(answer)}\n\nevent: complete\ndata:\n\n`);
  });

  it.each([
    ['that is not valid', 'subscription { nothing }', 'ada', 'GRAPHQL_VALIDATION_FAILED'],
    ['that is not GraphQL', 'subscription {', 'ada', 'GRAPHQL_PARSE_FAILED'],
    ['of somebody unknown', ALL, undefined, 'UNAUTHENTICATED'],
    ['to a field without event source', 'subscription { ticks }', 'ada', 'BAD_USER_INPUT'],
  ])('tells why an operation %s is refused, with status 200, and ends', async (_case, query, subject, code) => {
    const stream = await open(EVENT_STREAM, query, subject);

    await stream.ended;

    expect(stream.status).toBe(200);
    expect(dataOf(stream)).toEqual([
      { errors: [expect.objectContaining({ extensions: { code, requestId: REFUSED } }) as unknown] },
    ]);
    expect(stream.text()).toMatch(/event: complete\ndata:\n\n$/);
  });

  it('opens by GET as well, as the EventSource of browsers does, for what changes nothing', async () => {
    const authorization = await clinic.authorization('ada');
    const get = (query: string) =>
      keep(
        openResponse(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
          headers: { accept: EVENT_STREAM, authorization },
        }),
      );
    const stream = await get(ALL);
    const mutation = await get('mutation { touch }');

    await clinic.happen({ visit: 'v1', status: 'by-get' }, ['ada']);
    await stream.until('by-get');
    await mutation.ended;

    expect(mutation.text()).toContain('A mutation must be sent by POST.');
    expect(mutation.text()).not.toContain('"touch"');
  });

  it('goes on after the event that its client names in Last-Event-ID, once and in order', async () => {
    const before = await open(EVENT_STREAM, ALL, 'ada');
    await clinic.happen({ visit: 'v1', status: 'seen' }, ['ada']);
    await before.until('"seen"');
    const [, lastEventId = ''] = /^id: (.+)$/m.exec(before.text()) ?? [];
    before.close();
    await clinic.happen({ visit: 'v1', status: 'missed' }, ['ada']);

    const after = await keep(
      openResponse(`${gateway.url}/graphql?query=${encodeURIComponent(ALL)}`, {
        headers: {
          accept: EVENT_STREAM,
          authorization: await clinic.authorization('ada'),
          'last-event-id': lastEventId,
        },
      }),
    );
    await clinic.happen({ visit: 'v1', status: 'live' }, ['ada']);
    await after.until('"live"');

    expect(lastEventId).not.toBe('');
    expect([...after.text().matchAll(/"status":"(\w+)"/g)].map(([, status]) => status)).toEqual(['missed', 'live']);
  });

  it('ends when the token does, says so, and carries nothing from then on', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2;
    const stream = await open(EVENT_STREAM, ALL, 'ada', exp);

    await stream.ended;

    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    expect(dataOf(stream)).toEqual([
      {
        errors: [
          {
            message: 'Your access token has expired: connect again with a new one',
            extensions: { code: 'TOKEN_EXPIRED', requestId: REFUSED },
          },
        ],
      },
    ]);
    expect(stream.text()).toMatch(/event: complete\ndata:\n\n$/);
    const late = await clinic.happen({ visit: 'v1', status: 'late' }, ['ada']);
    const other = await open(EVENT_STREAM, ALL, 'eve');
    await clinic.happen({ visit: 'v1', status: 'sentinel' }, ['eve']);
    await other.until('sentinel');
    expect(clinic.askedFor(late)).toBe(0);
  });

  it('asks nothing of subgraphs any more once its client has gone', async () => {
    const gone = await open(EVENT_STREAM, ALL, 'ada');
    gone.close();
    const witness = await open(EVENT_STREAM, ALL, 'eve');
    await clinic.happen({ visit: 'v1', status: 'goodbye' }, ['eve']);
    await witness.until('goodbye');

    const late = await clinic.happen({ visit: 'v1', status: 'late' }, ['ada']);
    await clinic.happen({ visit: 'v1', status: 'sentinel' }, ['eve']);
    await witness.until('sentinel');

    expect(clinic.askedFor(late)).toBe(0);
  });

  it('is interrupted without "complete" when the gateway goes down, and says when to come again', async () => {
    const leaving = await clinic.startGateway();
    const stream = await open(EVENT_STREAM, ALL, 'ada', undefined, leaving);

    await leaving.stop();
    await stream.ended;

    const [, retryMs] = /\nretry: (\d+)\n\n$/.exec(stream.text()) ?? [];
    expect(Number(retryMs)).toBeGreaterThanOrEqual(1_000);
    expect(Number(retryMs)).toBeLessThan(5_000);
    expect(stream.text()).not.toContain('complete');
  });
});

describe('a multipart response', () => {
  it('carries the answers of a subscription as payloads, each whole when it comes', async () => {
    const stream = await open(MULTIPART, ALL, 'ada');

    await clinic.happen({ visit: 'v1', status: 'CONFIRMED' }, ['ada']);
    await stream.until('CONFIRMED');
    await stream.until(/\r\n--graphql$/);

    expect(stream.headers['content-type']).toBe('multipart/mixed;boundary=graphql;subscriptionSpec=1.0');
    const [, json = ''] =
      /^--graphql\r\ncontent-type: application\/json; charset=utf-8\r\n\r\n(.*)\r\n--graphql$/.exec(stream.text()) ??
      [];
    const data = { changed: { status: 'CONFIRMED', visit: { id: 'v1', room: 'room of v1' } } };
    expect(JSON.parse(json)).toEqual({ payload: { data, extensions: EVENT_ID } });
  });

  it('ends when the token does, with the error beside a payload that is null', async () => {
    const stream = await open(MULTIPART, ALL, 'ada', Math.floor(Date.now() / 1000) + 2);

    await stream.ended;

    expect(stream.text()).toMatch(/\{"payload":null,"errors":\[\{.*"TOKEN_EXPIRED".*\}\]\}\r\n--graphql--\r\n$/);
  });

  it('ends with an error that says so when the gateway goes down', async () => {
    const leaving = await clinic.startGateway();
    const stream = await open(MULTIPART, ALL, 'ada', undefined, leaving);

    await leaving.stop();
    await stream.ended;

    expect(stream.text()).toMatch(/\{"payload":null,"errors":\[\{.*"GOING_AWAY".*\}\]\}\r\n--graphql--\r\n$/);
  });
});

describe('a client that takes JSON too', () => {
  it.each([
    ['a query', '{ hello }', 200, '{"data":{"hello":"world"}}'],
    ['a refused subscription', 'subscription { nothing }', 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('gets it for %s', async (_case, query, status, text) => {
    const response = await open(MULTIPART, query, 'ada');

    await response.ended;

    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    expect(response.text()).toContain(text);
  });
});

describe('a subscription is refused, and told how to subscribe,', () => {
  it.each([['application/json'], ['multipart/mixed'], ['multipart/mixed;deferSpec=20220824,application/json']])(
    'when its client accepts %s',
    async (accept) => {
      const response = await open(accept, ALL, 'ada');

      await response.ended;

      expect(response.text()).toContain('text/event-stream');
      expect(response.text()).toContain('BAD_USER_INPUT');
    },
  );
});

async function open(
  accept: string,
  query: string,
  subject: string | undefined,
  exp?: number,
  to = gateway,
): Promise<OpenResponse> {
  const authorization = subject === undefined ? {} : { authorization: await clinic.authorization(subject, exp) };
  return keep(
    openResponse(`${to.url}/graphql`, {
      headers: { accept, 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query }),
    }),
  );
}

async function keep(response: Promise<OpenResponse>): Promise<OpenResponse> {
  const open = await response;
  opened.push(open);
  return open;
}

/** What the `data` lines of an event stream hold. */
function dataOf(stream: OpenResponse): unknown[] {
  return [...stream.text().matchAll(/^data: (.+)$/gm)].map(([, json = '']): unknown => JSON.parse(json));
}
