import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../test/support/postgres.ts';
import type { DomainEvent } from '../wire/domain-event.ts';
import type { EventBus } from './event-bus.ts';
import { createPostgresEventBus } from './postgres-event-bus.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let database: TestDatabase;
let admin: pg.Pool;
let bus: EventBus;

beforeAll(async () => {
  database = await createTestDatabase('events');
  admin = new pg.Pool({ connectionString: database.url, max: 2 });
});
beforeEach(async () => {
  bus = createPostgresEventBus({ connectionString: database.url, retentionMs: DAY_MS });
  await admin.query('TRUNCATE event_log');
});
afterEach(() => bus.close());
afterAll(async () => {
  await admin.end();
  await database.drop();
});

it('lets go of old events a batch at a time as publishers come by, and of no young one', async () => {
  await log('old', 1_700, 25);
  await log('young', 300, 23);

  await bus.publish([eventOf('one')]);
  const afterOne = await countOf('old');
  await bus.publish([eventOf('two')]);

  expect(afterOne).toBe(700);
  expect(await Promise.all(['old', 'young', 'new'].map(countOf))).toEqual([0, 300, 2]);
});

it('does so in one process at a time, and publishes all the same', async () => {
  await log('old', 10, 25);
  const other = await admin.connect();
  await other.query('BEGIN');
  await other.query('SELECT pg_advisory_xact_lock(4207003)');

  await bus.publish([eventOf('three')]);

  expect(await Promise.all(['old', 'new'].map(countOf))).toEqual([10, 1]);
  await other.query('COMMIT');
  other.release();
  const next = createPostgresEventBus({ connectionString: database.url, retentionMs: DAY_MS });
  await next.publish([eventOf('four')]);
  await next.close();
  expect(await countOf('old')).toBe(0);
});

it('goes on publishing, and tells of it, when old events cannot be deleted', async () => {
  const failures: unknown[] = [];
  const hindered = createPostgresEventBus({
    connectionString: database.url,
    retentionMs: DAY_MS,
    onRetentionFailed: (cause) => failures.push(cause),
  });
  await log('old', 1, 25);
  await admin.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not here'; END $$;
    CREATE TRIGGER refuse_delete BEFORE DELETE ON event_log FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);

  await hindered.publish([eventOf('five')]);

  expect(await countOf('new')).toBe(1);
  expect(String(failures[0])).toContain('not here');
  await admin.query('DROP TRIGGER refuse_delete ON event_log');
  await hindered.close();
});

async function log(name: string, count: number, hoursAgo: number): Promise<void> {
  await admin.query(
    `INSERT INTO event_log (id, type, source, subject, time, audience, data, logged_at)
     SELECT gen_random_uuid()::text, 'user.verified', 'users', $1, now(), '{}', '{}', now() - make_interval(hours => $3)
     FROM generate_series(1, $2)`,
    [name, count, hoursAgo],
  );
}

async function countOf(name: string): Promise<number> {
  return (await admin.query('SELECT 1 FROM event_log WHERE subject = $1', [name])).rowCount ?? 0;
}

function eventOf(id: string): DomainEvent {
  const time = '2026-01-02T03:04:05.678Z';
  return { id, type: 'user.verified', source: 'users', subject: 'new', time, audience: [], data: {} };
}
