import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import WebSocket from 'ws';
import type { EventBus } from '../../events/event-bus.ts';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import type { FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, supergraphOf, type TestGateway } from './support/start-gateway.ts';
import { eventually, renameOver } from './support/supergraph-file.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf, type TokenIssuer } from './support/token-issuer.ts';
import { startVisitSubgraphs, type VisitSubgraphs } from './support/visits.ts';

let database: TestDatabase;
let bus: EventBus;
let issuer: TokenIssuer;
let subgraphs: VisitSubgraphs;
let gateway: TestGateway;
let client: Client;
let closes: number;
let events = 0;

beforeAll(async () => {
  database = await createTestDatabase('events');
  bus = createPostgresEventBus({ connectionString: database.url });
  issuer = await startTokenIssuer();
  subgraphs = await startVisitSubgraphs();
});

beforeEach(async () => {
  gateway = await startGateway([subgraphs.visits, subgraphs.rooms], {
    env: {
      JWKS_URL: issuer.jwksUrl,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: AUDIENCE,
      EVENTS_DATABASE_URL: database.url,
      SUPERGRAPH_POLL_MS: '100',
    },
  });
  const key = await issuer.addKey();
  closes = 0;
  client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: false,
    connectionParams: { authorization: `Bearer ${await tokenOf(key, { sub: 'ada', roles: ['PATIENT'] })}` },
    on: { closed: () => (closes += 1) },
  });
});

afterEach(async () => {
  await client.dispose();
  await gateway.stop();
});

afterAll(async () => {
  await Promise.all([bus.close(), issuer.stop(), subgraphs.visits.stop(), subgraphs.rooms.stop()]);
  await database.drop();
});

it('goes on with a subscription that the new supergraph allows, on the same socket, and asks where subgraphs are now', async () => {
  const moved = await startVisitSubgraphs();
  const subscription = open('subscription { changed { status visit { room } } }');
  await answered();
  await happen('before');
  await eventually(() => subscription.results.length === 1);

  await reload([subgraphs.visits, moved.rooms]);
  await happen('after');

  await eventually(() => subscription.results.length === 2);
  expect(subscription.results.map(({ data }) => data)).toEqual([
    { changed: { status: 'before', visit: { room: 'room of v1' } } },
    { changed: { status: 'after', visit: { room: 'room of v1' } } },
  ]);
  expect(moved.rooms.received).toHaveLength(1);
  expect(closes).toBe(0);
  await Promise.all([moved.visits.stop(), moved.rooms.stop()]);
});

it('ends a subscription that the new supergraph does not allow with the reasons, and no other on its socket', async () => {
  const doomed = open('subscription { changed { status visit { room id } } }');
  const other = open('subscription { changed { status } }');
  await answered();

  await reload([subgraphs.visits]);
  await eventually(() => doomed.refusals.length > 0);
  await happen('after');
  await eventually(() => other.results.length === 1);

  expect(doomed.refusals).toEqual([
    [
      expect.objectContaining({
        message: 'Cannot query field "room" on type "Visit".',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: expect.any(String) as unknown },
      }) as unknown,
    ],
  ]);
  expect(doomed.results).toEqual([]);
  expect(other.refusals).toEqual([]);
  expect(closes).toBe(0);
});

it('lets an answer that is under way arrive before what comes after the change', async () => {
  const subscription = open('subscription { changed { status } }');
  await answered();
  let release: () => void = () => undefined;
  const mayAnswer = new Promise<void>((resolve) => (release = resolve));

  const slow = await happen('slow', mayAnswer);
  await eventually(() => askedFor(slow) === 1);
  await reload([subgraphs.visits]);
  const fast = await happen('fast');
  await eventually(() => askedFor(fast) === 1);
  release();

  await eventually(() => subscription.results.length === 2);
  expect(subscription.results.map(({ data }) => data?.changed.status)).toEqual(['slow', 'fast']);
  expect([askedFor(slow), askedFor(fast)]).toEqual([1, 1]);
});

it('loses no event and doubles none while they come all the time and supergraphs follow one another', async () => {
  const subscription = open('subscription { changed { status visit { id } } }');
  await answered();
  const statuses: string[] = [];
  const over = new AbortController();
  const publishing = (async () => {
    while (!over.signal.aborted) {
      const status = `n-${statuses.length}`;
      statuses.push(status);
      await happen(status);
    }
  })();

  for (let n = 0; n < 8; n += 1) {
    const moved = n % 2 === 0 ? [subgraphs.visits] : [subgraphs.visits, subgraphs.rooms];
    gateway.logLines.length = 0;
    await renameOver(gateway.supergraphFile, `${supergraphOf(moved)}\n# ${n}\n`);
    await eventually(() => gateway.logLines.some((line) => line.includes('a new supergraph is in force')));
  }
  over.abort();
  await publishing;

  await eventually(() => subscription.results.length >= statuses.length);
  expect(subscription.results.map(({ data }) => data?.changed.status)).toEqual(statuses);
  expect(statuses.length).toBeGreaterThan(50);
  expect(subscription.refusals).toEqual([]);
  expect(closes).toBe(0);
});

it('goes on for one that still catches up when the supergraph changes, in order', async () => {
  const before = open('subscription { changed { status } }');
  await answered();
  await happen('seen');
  await eventually(() => before.results.length === 1);
  const lastEventId = before.results[0]?.extensions?.['eventId'];
  let release: () => void = () => undefined;
  subgraphs.visits.mayAnswer = new Promise((resolve) => (release = resolve));
  const statuses = Array.from({ length: 30 }, (_, n) => `missed-${n}`);
  for (const status of statuses) await happen(status);

  const resumed = open('subscription { changed { status } }', { lastEventId });
  await answered('{ __typename }');
  await reload([subgraphs.visits]);
  release();
  subgraphs.visits.mayAnswer = undefined;

  await eventually(() => resumed.results.length >= 30);
  expect(resumed.results.map(({ data }) => data?.changed.status)).toEqual(statuses);
});

async function reload(running: readonly Pick<FakeSubgraph, 'name' | 'url' | 'typeDefs'>[]): Promise<void> {
  await renameOver(gateway.supergraphFile, supergraphOf(running));
  await eventually(() => gateway.logLines.some((line) => line.includes('a new supergraph is in force')));
}

/** Makes a change that Ada may see, and publishes its event; returns the event's id. */
async function happen(status: string, mayAnswer?: Promise<void>): Promise<string> {
  events += 1;
  const id = `e${events}`;
  const change = { id, visit: 'v1', status, visibleTo: new Set(['ada']), ...(mayAnswer && { mayAnswer }) };
  subgraphs.changes.set(id, change);
  const time = new Date().toISOString();
  const type = 'appointment.status-changed' as const;
  await bus.publish([{ id, type, source: 'appointments', subject: 'v1', time, audience: ['ada'], data: {} }]);
  return id;
}

function askedFor(id: string): number {
  return subgraphs.visits.received.filter(({ body }) => Object.values(body.variables ?? {}).includes(id)).length;
}

function open(query: string, extensions: Record<string, unknown> = {}) {
  const results: FormattedExecutionResult<{ changed: { status: string } }>[] = [];
  const refusals: unknown[] = [];
  client.subscribe<{ changed: { status: string } }, Record<string, unknown>>(
    { query, extensions },
    {
      next: (result) => void results.push(result),
      error: (errors) => void refusals.push(errors),
      complete: () => undefined,
    },
  );
  return { results, refusals };
}

/** An answered query means that the subscriptions before it on the same socket are taken up. */
function answered(query = '{ hello }'): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe({ query }, { next: () => undefined, error: reject, complete: resolve });
  });
}
