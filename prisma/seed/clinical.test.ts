import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { seedClinical } from './clinical.ts';
import { buildWorld } from './world.ts';

/** Before the first visit of the day, some of which have taken place all the same. */
const EARLY = new Date('2026-03-04T00:10:00Z');

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase('clinical');
});
afterAll(() => database.drop());

it('has nothing that happened in the future, at whatever hour it is seeded', async () => {
  expect(await seedClinical(database.url, buildWorld(EARLY))).toBe('seeded');

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const latest = async (table: string): Promise<unknown> => {
    const { rows } = await client.query<{ latest: unknown }>(`SELECT max(occurred_at) AS latest FROM ${table}`);
    return rows[0]?.latest;
  };
  const found = [await latest('consultation'), await latest('prescription'), await latest('audit_event')];
  await client.end();

  expect(found).toEqual([EARLY, EARLY, EARLY]);
});
