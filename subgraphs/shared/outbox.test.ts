import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Consumer, EventBus } from '../../events/event-bus.ts';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';
import { consumeInto, type ConsumerDatabase, type RawExecutor } from './consume-into.ts';
import { outboxRow, type OutboxEvent } from './outbox.ts';
import { startOutboxRelay, type OutboxRelay } from './outbox-relay.ts';

let events: TestDatabase;
let own: TestDatabase;
let log: pg.Pool;
let tables: pg.Pool;
let bus: EventBus;
const running: (OutboxRelay | Consumer)[] = [];
const DAY_MS = 24 * 60 * 60 * 1000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  [events, own] = [await createTestDatabase('events'), await createTestDatabase('events')];
  log = new pg.Pool({ connectionString: events.url, max: 2 });
  tables = new pg.Pool({ connectionString: own.url, max: 10 });
  bus = createPostgresEventBus({ connectionString: events.url, pollMs: 60_000 });
  await tables.query(TABLES);
});

beforeEach(async () => {
  await tables.query('TRUNCATE outbox, consumer_position, effect');
  await log.query('TRUNCATE event_log RESTART IDENTITY');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

afterAll(async () => {
  await bus.close();
  await Promise.all([log.end(), tables.end()]);
  await Promise.all([events.drop(), own.drop()]);
});

it('publishes rows in the order of the outbox, under the name of the subgraph, and marks them', async () => {
  await write(tables, changed('before-start'));
  await relay();
  for (let n = 0; n < 5; n += 1) await write(tables, changed(`row-${n}`));

  await holds(async () => (await logged()).length === 6);

  expect((await logged()).map(({ subject }) => subject)).toEqual([
    'before-start',
    ...[0, 1, 2, 3, 4].map((n) => `row-${n}`),
  ]);
  expect(new Set((await logged()).map(({ source }) => source))).toEqual(new Set(['appointments']));
  await holds(async () => (await unpublished()) === 0);
});

it('publishes nothing of a transaction that is rolled back', async () => {
  await relay();
  const client = await tables.connect();
  await client.query('BEGIN');
  await write(client, changed('never'));
  await client.query('ROLLBACK');
  client.release();
  await write(tables, changed('sentinel'));

  await holds(async () => (await logged()).length > 0);

  expect((await logged()).map(({ subject }) => subject)).toEqual(['sentinel']);
});

it('loses nothing while the bus is down, and publishes in order when it is back', async () => {
  let isDown = true;
  let tries = 0;
  await relay({
    publish: async (batch) => {
      tries += 1;
      if (isDown) throw new Error('down');
      await bus.publish(batch);
    },
  });
  for (let n = 0; n < 3; n += 1) await write(tables, changed(`held-${n}`));
  await holds(async () => tries >= 2);
  expect(await unpublished()).toBe(3);

  isDown = false;

  await holds(async () => (await logged()).length === 3);
  expect((await logged()).map(({ subject }) => subject)).toEqual(['held-0', 'held-1', 'held-2']);
});

it('publishes once what a relay had published but not marked when it died', async () => {
  await write(tables, changed('unmarked'));
  const first = await relay();
  await holds(async () => (await unpublished()) === 0);
  await first.stop();
  await tables.query('UPDATE outbox SET published_at = NULL');

  await relay();

  await holds(async () => (await unpublished()) === 0);
  expect(await logged()).toHaveLength(1);
});

it('lets one relay work and another take over when the connection of the first is killed', async () => {
  const batches: string[] = [];
  const noting = (name: string): Pick<EventBus, 'publish'> => ({
    publish: (batch) => {
      batches.push(name);
      return bus.publish(batch);
    },
  });
  await relay(noting('first'));
  await write(tables, changed('one'));
  await holds(async () => (await unpublished()) === 0);
  await relay(noting('second'));
  await write(tables, changed('two'));
  await holds(async () => (await unpublished()) === 0);
  expect(batches).toEqual(['first', 'first']);

  await tables.query(
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
  );
  await write(tables, changed('three'));

  await holds(async () => (await unpublished()) === 0);
  expect((await logged()).map(({ subject }) => subject)).toEqual(['one', 'two', 'three']);
});

it('gives each event one effect, in order, when two processes consume under one name and both are killed at times', async () => {
  const prisma = databaseOver(tables);
  const failing = new Set(['effect-3', 'effect-11']);
  const consume = async (): Promise<void> => {
    const consumer = await consumeInto({
      bus,
      database: prisma,
      name: 'test',
      types: ['appointment.status-changed'],
      log: silent,
      handle: async (event, tx) => {
        await tx.$executeRawUnsafe('INSERT INTO effect (subject) VALUES ($1)', event.subject);
        // After the effect: the rollback has to take it back.
        if (failing.delete(event.subject)) throw new Error('at first it fails');
      },
    });
    running.push(consumer);
  };
  await bus.publish([published('effect-0'), { ...published('other-type'), type: 'user.verified' }]);
  await Promise.all([consume(), consume()]);

  for (let n = 1; n < 20; n += 1) {
    await bus.publish([published(`effect-${n}`)]);
    if (n % 5 === 0)
      await log.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'events consumer' AND datname = current_database()",
      );
  }

  const effects = async (): Promise<string[]> =>
    (await tables.query<{ subject: string }>('SELECT subject FROM effect ORDER BY place')).rows.map(
      (row) => row.subject,
    );
  await holds(async () => (await effects()).length >= 20);
  expect(await effects()).toEqual(Array.from({ length: 20 }, (_, n) => `effect-${n}`));
});

it('starts a consumer again where it had stopped', async () => {
  const handled: string[] = [];
  const options = {
    bus,
    database: databaseOver(tables),
    name: 'restart',
    types: ['appointment.status-changed'] as const,
    log: silent,
    handle: async ({ subject }: { subject: string }) => {
      handled.push(subject);
    },
  };
  await bus.publish([published('a'), published('b')]);
  const first = await consumeInto(options);
  running.push(first);
  await holds(async () => handled.length === 2);
  await first.stop();
  await bus.publish([published('c')]);

  running.push(await consumeInto(options));

  await holds(async () => handled.length >= 3);
  expect(handled).toEqual(['a', 'b', 'c']);
});

it('names each person of an audience once, and makes an id and a time where none is given', () => {
  const row = outboxRow({ ...changed('x'), audience: ['ann', 'ben', 'ann'] });

  expect(row.audience).toEqual(['ann', 'ben']);
  expect(row.eventId).toMatch(/^[0-9a-f-]{36}$/);
  expect(Math.abs(row.time.getTime() - Date.now())).toBeLessThan(5_000);
});

async function relay(to: Pick<EventBus, 'publish'> = bus): Promise<OutboxRelay> {
  const started = await startOutboxRelay({
    databaseUrl: own.url,
    source: 'appointments',
    bus: to,
    log: silent,
    retentionMs: DAY_MS,
    pollMs: 100,
  });
  running.push(started);
  return started;
}

function changed(subject: string): OutboxEvent {
  return { type: 'appointment.status-changed', subject, audience: ['ann'], data: { status: 'CONFIRMED' } };
}

function published(subject: string): DomainEvent {
  return { ...changed(subject), id: subject, source: 'appointments', time: '2026-01-02T03:04:05.678Z' };
}

async function write(on: pg.Pool | pg.PoolClient, event: OutboxEvent): Promise<void> {
  const row = outboxRow(event);
  await on.query('INSERT INTO outbox (event_id, type, subject, time, audience, data) VALUES ($1, $2, $3, $4, $5, $6)', [
    row.eventId,
    row.type,
    row.subject,
    row.time,
    row.audience,
    row.data,
  ]);
}

async function logged(): Promise<{ subject: string; source: string }[]> {
  return (
    await log.query<{ subject: string; source: string }>('SELECT subject, source FROM event_log ORDER BY position')
  ).rows;
}

async function unpublished(): Promise<number> {
  return (await tables.query('SELECT 1 FROM outbox WHERE published_at IS NULL')).rowCount ?? 0;
}

/** Asks until the answer is yes, for at most ten seconds. */
async function holds(ask: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await ask())) {
    if (Date.now() > giveUpAt) throw new Error('it does not come to hold');
    await nextTurn();
  }
}

/** What a Prisma client offers to a consumer, over plain pg. */
function databaseOver(pool: pg.Pool): ConsumerDatabase<RawExecutor> {
  return {
    $queryRawUnsafe: async <T>(query: string, ...values: unknown[]) => {
      const { rows } = await pool.query<{ position: string }>(query, values);
      return rows.map(({ position }) => ({ position: BigInt(position) })) as T;
    },
    $transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work({
          $executeRawUnsafe: async (query, ...values) => (await client.query(query, values)).rowCount ?? 0,
        });
        await client.query('COMMIT');
        return result;
      } catch (cause) {
        await client.query('ROLLBACK');
        throw cause;
      } finally {
        client.release();
      }
    },
  };
}

/** What outbox.ts and consume-into.ts tell a subgraph to put into its migration, and a table for effects to show in. */
const TABLES = `
  CREATE TABLE outbox (
    sequence BIGSERIAL PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, subject TEXT NOT NULL,
    time TIMESTAMPTZ(3) NOT NULL, audience TEXT[], data JSONB NOT NULL, published_at TIMESTAMPTZ(3)
  );
  CREATE INDEX outbox_unpublished ON outbox (sequence) WHERE published_at IS NULL;
  CREATE FUNCTION outbox_announce() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('caregraph_outbox', '');
    RETURN NULL;
  END
  $$;
  CREATE TRIGGER outbox_announce AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_announce();
  CREATE TABLE consumer_position (name TEXT PRIMARY KEY, position BIGINT NOT NULL);
  CREATE TABLE effect (place SERIAL PRIMARY KEY, subject TEXT NOT NULL);
`;
