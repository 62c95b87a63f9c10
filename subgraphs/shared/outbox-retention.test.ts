import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { createOutboxRetention } from './outbox-retention.ts';
import { startOutboxRelay } from './outbox-relay.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase('appointments');
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
beforeEach(async () => {
  await client.query('TRUNCATE outbox');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

it('deletes what was published longer ago than the retention, a batch at a time, and keeps what waits', async () => {
  await write({ name: 'waiting', count: 1, publishedHoursAgo: undefined });
  await write({ name: 'old', count: 1_500, publishedHoursAgo: 25 });
  await write({ name: 'young', count: 2, publishedHoursAgo: 23 });
  const retention = createOutboxRetention(DAY_MS, () => 0);

  await retention.trimWhenDue(client);
  const afterOne = await countOf('old');
  await retention.trimWhenDue(client);

  expect(afterOne).toBe(501);
  expect([await countOf('waiting'), await countOf('old'), await countOf('young')]).toEqual([1, 501, 2]);
});

it('goes on at once after a full batch, and otherwise looks again a minute later', async () => {
  let now = 0;
  const retention = createOutboxRetention(DAY_MS, () => now);
  await write({ name: 'old', count: 1_200, publishedHoursAgo: 25 });

  await retention.trimWhenDue(client);
  expect(await countOf('old')).toBe(200);
  await retention.trimWhenDue(client);
  expect(await countOf('old')).toBe(0);
  await write({ name: 'old', count: 1, publishedHoursAgo: 25 });
  await retention.trimWhenDue(client);
  expect(await countOf('old')).toBe(1);

  now = 60_000;
  await retention.trimWhenDue(client);
  expect(await countOf('old')).toBe(0);
});

it('is the work of the active relay alone', async () => {
  const options = {
    databaseUrl: database.url,
    source: 'appointments' as const,
    bus: { publish: async () => undefined },
    retentionMs: DAY_MS,
    pollMs: 20,
  };
  // Any session that holds the relays' lock is the active one to all others.
  await client.query('SELECT pg_advisory_lock(4207002)');
  await write({ name: 'old', count: 1, publishedHoursAgo: 25 });
  const activations: string[] = [];
  const log = { info: () => void activations.push('active'), warn: () => undefined };
  const relay = await startOutboxRelay({ ...options, log });
  await comesToHold(async () => (await attemptsToTakeOver()) > 0);
  expect([activations, await countOf('old')]).toEqual([[], 1]);

  await client.query('SELECT pg_advisory_unlock(4207002)');

  await comesToHold(async () => (await countOf('old')) === 0);
  expect(activations).toEqual(['active']);
  await relay.stop();
});

async function write(rows: { name: string; count: number; publishedHoursAgo: number | undefined }): Promise<void> {
  await client.query(
    `INSERT INTO outbox (event_id, type, subject, time, audience, data, published_at)
     SELECT gen_random_uuid()::text, 'user.verified', $1, now(), '{}', '{}', now() - make_interval(hours => $3)
     FROM generate_series(1, $2)`,
    [rows.name, rows.count, rows.publishedHoursAgo],
  );
}

async function countOf(name: string): Promise<number> {
  return (await client.query('SELECT 1 FROM outbox WHERE subject = $1', [name])).rowCount ?? 0;
}

/** How often a relay has asked for the lock and gone to sleep again. */
async function attemptsToTakeOver(): Promise<number> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_stat_activity
     WHERE application_name = 'outbox relay' AND datname = current_database()
       AND state = 'idle' AND query LIKE '%pg_try_advisory_lock%'`,
  );
  return rowCount ?? 0;
}

/** Asks until the answer is yes; the time limit of the test ends a wait in vain. */
async function comesToHold(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) await nextTurn();
}
