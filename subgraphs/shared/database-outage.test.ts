import { expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../../test/support/postgres.ts';
import { openDatabase } from '../doctors/store.ts';
import { isDatabaseOutage } from './database-outage.ts';

const NOBODY_LISTENS = 'postgresql://postgres:postgres@127.0.0.1:1/doctors';

it('knows a database that nobody serves, through Prisma and without it', async () => {
  const database = openDatabase({ databaseUrl: NOBODY_LISTENS });

  expect(isDatabaseOutage(await failureOf(database.$queryRaw`SELECT 1`))).toBe(true);
  expect(isDatabaseOutage(await failureOf(database.doctor.findFirst()))).toBe(true);
  expect(isDatabaseOutage(await failureOf(new pg.Client(NOBODY_LISTENS).connect()))).toBe(true);
  await database.$disconnect();
});

it('knows a connection that was cut off in the middle of a query', async () => {
  const { url: databaseUrl, drop } = await createTestDatabase('doctors');
  const database = openDatabase({ databaseUrl });

  const failure = await failureOf(database.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text`);

  expect(isDatabaseOutage(failure)).toBe(true);
  await database.$disconnect();
  await drop();
});

it('takes no mistake of ours for an outage', async () => {
  const { url: databaseUrl, drop } = await createTestDatabase('doctors');
  const database = openDatabase({ databaseUrl });

  expect(isDatabaseOutage(await failureOf(database.$queryRaw`SELECT nothing`))).toBe(false);
  expect(isDatabaseOutage(new TypeError('x is not a function'))).toBe(false);
  expect(isDatabaseOutage('ECONNREFUSED')).toBe(false);
  await database.$disconnect();
  await drop();
});

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
