import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import pg from 'pg';
import WebSocket from 'ws';
import type { EventBus } from '../../events/event-bus.ts';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf, type TokenIssuer } from './support/token-issuer.ts';
import { startVisitSubgraphs, type Change, type VisitSubgraphs } from './support/visits.ts';

const ALL = 'subscription { changed { id status visit { id room } } }';

type Answer = FormattedExecutionResult<Record<string, unknown>, unknown>;

let database: TestDatabase;
let bus: EventBus;
let issuer: TokenIssuer;
let key: Awaited<ReturnType<TokenIssuer['addKey']>>;
let subgraphs: VisitSubgraphs;
let gateway: TestGateway;
const clients: Client[] = [];
let events = 0;

beforeAll(async () => {
  database = await createTestDatabase('events');
  bus = createPostgresEventBus({ connectionString: database.url });
  issuer = await startTokenIssuer();
  key = await issuer.addKey();
  subgraphs = await startVisitSubgraphs();
  gateway = await start();
});

beforeEach(() => {
  subgraphs.visits.received.length = 0;
  subgraphs.rooms.received.length = 0;
});

afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([bus.close(), issuer.stop(), subgraphs.visits.stop(), subgraphs.rooms.stop()]);
  await database.drop();
});

describe('an event', () => {
  it('reaches whom it concerns, with the fields of every subgraph, and nobody else', async () => {
    const ada = await subscribe('ada', ALL);
    const eve = await subscribe('eve', ALL);

    await happen({ visit: 'v1', status: 'CONFIRMED' }, ['ada']);
    await happen({ visit: 'v2', status: 'REQUESTED' }, ['ada', 'eve']);

    await ada.until(2);
    await eve.until(1);
    expect(ada.data()).toEqual([
      { changed: { id: 'e1', status: 'CONFIRMED', visit: { id: 'v1', room: 'room of v1' } } },
      { changed: { id: 'e2', status: 'REQUESTED', visit: { id: 'v2', room: 'room of v2' } } },
    ]);
    expect(eve.data()).toEqual([ada.data()[1]]);
    expect(askedFor('e1')).toBe(1);
  });

  it('is not shown to someone in its audience who may not see it, and each event is decided anew', async () => {
    const ada = await subscribe('ada', ALL);

    await happen({ visit: 'v1', status: 'first' }, ['ada']);
    await happen({ visit: 'v1', status: 'hidden', visibleTo: new Set(['eve']) }, ['ada']);
    await happen({ visit: 'v1', status: 'last' }, ['ada']);

    await ada.until(2);
    expect(ada.statuses()).toEqual(['first', 'last']);
  });

  it('is looked for among those of one subject where the client names it', async () => {
    const one = await subscribe('ada', 'subscription ($id: ID!) { changed(visitId: $id) { status } }', { id: 'v1' });
    const all = await subscribe('ada', 'subscription { changed(visitId: null) { status } }');

    await happen({ visit: 'v2', status: 'other' }, ['ada']);
    await happen({ visit: 'v1', status: 'own' }, ['ada']);

    await Promise.all([one.until(1), all.until(2)]);
    expect(one.statuses()).toEqual(['own']);
    expect(all.statuses()).toEqual(['other', 'own']);
  });

  it('arrives after those before it, however long the answers take', async () => {
    const ada = await subscribe('ada', ALL);
    let release: () => void = () => undefined;
    const mayAnswer = new Promise<void>((resolve) => (release = resolve));

    await happen({ visit: 'v1', status: 'slow', mayAnswer }, ['ada']);
    for (let n = 0; n < 20; n += 1) await happen({ visit: 'v1', status: `fast-${n}` }, ['ada']);
    await holds(() => askedFor(`e${events}`) === 1);
    expect(ada.statuses()).toEqual([]);
    release();

    await ada.until(21);
    expect(ada.statuses()).toEqual(['slow', ...Array.from({ length: 20 }, (_, n) => `fast-${n}`)]);
  });

  it('is asked about once for two sockets of one caller, and once for each further caller', async () => {
    const [first, second, eve] = [
      await subscribe('ada', ALL),
      await subscribe('ada', ALL),
      await subscribe('eve', ALL),
    ];

    const id = await happen({ visit: 'v1', status: 'shared' }, ['ada', 'eve']);

    await Promise.all([first.until(1), second.until(1), eve.until(1)]);
    expect(askedFor(id)).toBe(2);
    expect(subgraphs.rooms.received).toHaveLength(2);
  });

  it('does not share answers between different selections or variables', async () => {
    const document = 'subscription ($loud: Boolean) { changed { status(loud: $loud) } }';
    const loud = await subscribe('ada', document, { loud: true });
    const quiet = await subscribe('ada', document, { loud: false });

    await happen({ visit: 'v1', status: 'Done' }, ['ada']);

    await Promise.all([loud.until(1), quiet.until(1)]);
    expect([...loud.statuses(), ...quiet.statuses()]).toEqual(['DONE', 'Done']);
  });

  it('keeps the response key, fragments and variables of the subscription, whatever they are called', async () => {
    const ada = await subscribe(
      'ada',
      `subscription ($event: Boolean) { ...Root }
       fragment Root on Subscription { mine: changed { ...State } mine: changed { visit { id } } }
       fragment State on Change { status(loud: $event) }`,
      { event: true },
    );

    await happen({ visit: 'v1', status: 'renamed' }, ['ada']);

    await ada.until(1);
    expect(ada.data()).toEqual([{ mine: { status: 'RENAMED', visit: { id: 'v1' } } }]);
  });

  it('that a subgraph fails to show is delivered as an error, masked, and the subscription goes on', async () => {
    const ada = await subscribe('ada', 'subscription { mine: changed { status broken } }');
    subgraphs.visits.override = (_request, response) => void response.writeHead(500).end('stack trace');

    const failed = await happen({ visit: 'v1', status: 'lost' }, ['ada']);
    await ada.until(1);
    subgraphs.visits.override = undefined;
    await happen({ visit: 'v1', status: 'next' }, ['ada']);
    await ada.until(2);

    const [first, second] = ada.results;
    expect(askedFor(failed)).toBeGreaterThan(0);
    expect(first?.data).toBeNull();
    expect(first?.errors).toEqual([
      {
        message: expect.not.stringContaining('stack') as unknown,
        path: ['mine'],
        extensions: { code: expect.stringContaining('SUBGRAPH_') as unknown, requestId: expect.any(String) as unknown },
      },
    ]);
    expect(second?.data).toEqual({ mine: { status: 'next', broken: null } });
    expect(second?.errors?.[0]).toMatchObject({ path: ['mine', 'broken'] });
    expect(JSON.stringify(second?.errors)).not.toContain('relation');
  });

  it('is not lost while the gateway is cut off from the log', async () => {
    const ada = await subscribe('ada', ALL);
    await happen({ visit: 'v1', status: 'before' }, ['ada']);
    await ada.until(1);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();

    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'events consumer' AND datname = current_database()",
    );
    await admin.end();
    for (const status of ['while-1', 'while-2', 'while-3']) await happen({ visit: 'v1', status }, ['ada']);

    await ada.until(4);
    expect(ada.statuses()).toEqual(['before', 'while-1', 'while-2', 'while-3']);
  });

  it('reaches nobody any more after the client has completed its subscription', async () => {
    const client = connect(await tokenFor('ada'));
    const ended = open(client, ALL);
    const kept = open(client, 'subscription { changed { status } }');
    await answered(client);
    ended.complete();
    await answered(client);

    const id = await happen({ visit: 'v1', status: 'after' }, ['ada']);

    await kept.until(1);
    expect(ended.results).toEqual([]);
    expect(askedFor(id)).toBe(1);
  });
});

describe('a subscription', () => {
  it.each([
    ['without a token', undefined, ALL, 'UNAUTHENTICATED'],
    ['to a field without event source', 'ada', 'subscription { ticks }', 'BAD_USER_INPUT'],
    ['that is not valid', 'ada', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('is refused %s', async (_case, subject, query, code) => {
    const client = connect(subject === undefined ? undefined : await tokenFor(subject));

    const errors = await refusal(client, query);

    expect(errors).toEqual([
      expect.objectContaining({ extensions: { code, requestId: expect.any(String) as unknown } }) as unknown,
    ]);
  });

  it('is refused when the gateway has no events, and queries on the same socket are not', async () => {
    const bare = await start({ EVENTS_DATABASE_URL: '' });
    const client = connect(await tokenFor('ada'), bare);

    const errors = await refusal(client, ALL);
    await answered(client);

    expect(errors[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    await bare.stop();
  });

  it('is one too many after a hundred on a socket', async () => {
    const client = connect(await tokenFor('ada'));
    const hundred = Array.from({ length: 100 }, () => open(client, ALL));

    const errors = await refusal(client, ALL);

    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
    hundred[0]?.complete();
    await answered(client);
  });
});

describe('a socket', () => {
  it('runs queries and mutations as over HTTP', async () => {
    const client = connect(await tokenFor('ada'));

    const query = await results(client, '{ hello }');
    const mutation = await results(client, 'mutation { touch }');

    expect(query).toEqual([{ data: { hello: 'world' } }]);
    expect(mutation).toEqual([{ data: { touch: 'ada' } }]);
  });

  it('lets the anonymous ask what is public, and refuses the rest', async () => {
    const client = connect(undefined);

    expect(await results(client, '{ hello }')).toEqual([{ data: { hello: 'world' } }]);
    expect((await refusal(client, 'mutation { touch }'))[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('takes the token from its upgrade as well, unless its connection_init has another', async () => {
    const ada = await tokenFor('ada');
    const byHeader = connectRaw({ headers: { authorization: `Bearer ${ada}` } });
    const byBoth = connectRaw({
      headers: { authorization: `Bearer ${ada}` },
      payload: { Authorization: `Bearer ${await tokenFor('eve')}` },
    });

    expect(await byHeader.ask('mutation { touch }')).toMatchObject({ payload: { data: { touch: 'ada' } } });
    expect(await byBoth.ask('mutation { touch }')).toMatchObject({ payload: { data: { touch: 'eve' } } });
    byHeader.socket.close();
    byBoth.socket.close();
  });

  it('is closed with 4403 when its token is none, or has expired', async () => {
    const expired = await tokenOf(key, { sub: 'ada', exp: Math.floor(Date.now() / 1000) - 60 });

    expect(await closeOf(connectRaw({ payload: { authorization: 'Bearer none' } }).socket)).toEqual([
      4403,
      'Your credentials do not hold',
    ]);
    expect(await closeOf(connectRaw({ payload: { authorization: `Bearer ${expired}` } }).socket)).toEqual([
      4403,
      'Your access token has expired: connect again with a new one',
    ]);
  });

  it('is closed with 4403 when its token expires, and hears nothing from then on', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2;
    const { socket, messages, ask } = connectRaw({
      payload: { authorization: `Bearer ${await tokenOf(key, { sub: 'ada', exp })}` },
    });
    await ask('{ hello }');
    socket.send(JSON.stringify({ id: 's', type: 'subscribe', payload: { query: ALL } }));

    const [code] = await closeOf(socket);

    expect(code).toBe(4403);
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    const before = messages.length;
    const id = await happen({ visit: 'v1', status: 'late' }, ['ada']);
    const eve = await subscribe('eve', ALL);
    await happen({ visit: 'v1', status: 'sentinel' }, ['eve']);
    await eve.until(1);
    expect(askedFor(id)).toBe(0);
    expect(messages).toHaveLength(before);
  });

  it.each([['graphql-ws'], ['mqtt'], [undefined]])(
    'that speaks %s is closed with 4406, and told what to speak',
    async (protocol) => {
      const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, protocol);

      expect(await closeOf(socket)).toEqual([4406, expect.stringContaining('graphql-transport-ws')]);
    },
  );

  it('is closed with 1009 after a message of more than 1 MiB, and with 4400 after one that is none', async () => {
    const [large, senseless] = [connectRaw({}), connectRaw({})];
    await large.ask('{ hello }');
    await senseless.ask('{ hello }');

    const closes = Promise.all([closeOf(large.socket), closeOf(senseless.socket)]);
    large.socket.send('x'.repeat(1024 * 1024 + 1));
    senseless.socket.send(JSON.stringify({ id: '1', type: 'next', payload: {} }));

    expect((await closes).map(([code]) => code)).toEqual([1009, 4400]);
  });

  it('elsewhere than at /graphql is not opened', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/other`, 'graphql-transport-ws');

    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));

    expect(error.message).toContain('404');
  });

  it('is told with 1012 that the gateway goes away', async () => {
    const leaving = await start();
    const { socket, ask } = connectRaw({ to: leaving });
    await ask('{ hello }');
    const closed = closeOf(socket);

    await leaving.stop();

    expect((await closed)[0]).toBe(1012);
  });
});

async function start(env: Record<string, string> = {}): Promise<TestGateway> {
  return startGateway([subgraphs.visits, subgraphs.rooms], {
    env: {
      JWKS_URL: issuer.jwksUrl,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: AUDIENCE,
      EVENTS_DATABASE_URL: database.url,
      ...env,
    },
  });
}

const tokenFor = (subject: string): Promise<string> => tokenOf(key, { sub: subject, roles: ['PATIENT'] });

/** Makes a change and publishes its event; returns the event's id. */
async function happen(change: Partial<Change> & Pick<Change, 'visit' | 'status'>, audience: string[]): Promise<string> {
  events += 1;
  const id = `e${events}`;
  subgraphs.changes.set(id, { id, visibleTo: new Set(audience), ...change });
  await bus.publish([
    {
      id,
      type: 'appointment.status-changed',
      source: 'appointments',
      subject: change.visit,
      time: new Date().toISOString(),
      audience,
      data: {},
    },
  ]);
  return id;
}

/** How often the visits subgraph was asked for a change. */
function askedFor(id: string): number {
  return subgraphs.visits.received.filter(({ body }) => Object.values(body.variables ?? {}).includes(id)).length;
}

function connect(token: string | undefined, to = gateway): Client {
  const client = createClient({
    url: `${to.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token === undefined ? {} : { connectionParams: { authorization: `Bearer ${token}` } }),
  });
  clients.push(client);
  return client;
}

/** Subscribes on a socket of its own, and waits until the gateway has taken the subscription up. */
async function subscribe(subject: string, query: string, variables: Record<string, unknown> = {}) {
  const client = connect(await tokenFor(subject));
  const subscription = open(client, query, variables);
  await answered(client);
  return subscription;
}

function open(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const results: FormattedExecutionResult<Record<string, { status?: string }>, unknown>[] = [];
  const failures: unknown[] = [];
  const complete = client.subscribe<Record<string, { status?: string }>>(
    { query, variables },
    {
      next: (result) => void results.push(result),
      error: (error) => void failures.push(error),
      complete: () => undefined,
    },
  );
  return {
    results,
    complete,
    data: () => results.map(({ data }) => data),
    statuses: () => results.map(({ data }) => Object.values(data ?? {})[0]?.status),
    until: (count: number) =>
      holds(() => {
        if (failures.length > 0) throw new Error(JSON.stringify(failures));
        return results.length >= count;
      }),
  };
}

/** An answered query means that the subscriptions before it on the same socket are taken up. */
async function answered(client: Client): Promise<void> {
  expect(await results(client, '{ hello }')).toEqual([{ data: { hello: 'world' } }]);
}

function results(client: Client, query: string): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const list: Answer[] = [];
    client.subscribe(
      { query },
      { next: (result) => void list.push(result), error: reject, complete: () => resolve(list) },
    );
  });
}

function refusal(client: Client, query: string): Promise<{ extensions?: Record<string, unknown> }[]> {
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query },
      {
        next: (result) => reject(new Error(`not refused: ${JSON.stringify(result)}`)),
        error: (errors) => resolve(errors as { extensions?: Record<string, unknown> }[]),
        complete: () => reject(new Error('not refused')),
      },
    );
  });
}

interface RawOptions {
  readonly headers?: Record<string, string>;
  readonly payload?: Record<string, string>;
  readonly to?: TestGateway;
}

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** A socket without a client's conveniences. */
function connectRaw({ headers = {}, payload, to = gateway }: RawOptions) {
  const socket = new WebSocket(`${to.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const messages: Message[] = [];
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString()) as Message));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
  const ask = async (query: string): Promise<Message | undefined> => {
    await holds(() => messages.some(({ type }) => type === 'connection_ack'));
    socket.send(JSON.stringify({ id: 'q', type: 'subscribe', payload: { query } }));
    await holds(() => messages.some(({ id, type }) => id === 'q' && type === 'complete'));
    return messages.find(({ id }) => id === 'q');
  };
  return { socket, messages, ask };
}

function closeOf(socket: WebSocket): Promise<[code: number, reason: string]> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, reason.toString()])));
}

/** Asks until the answer is yes, for at most ten seconds. */
async function holds(ask: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!ask()) {
    if (Date.now() > giveUpAt) throw new Error('it does not come to hold');
    await nextTurn();
  }
}
