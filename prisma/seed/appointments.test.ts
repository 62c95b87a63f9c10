import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { seedAppointments } from './appointments.ts';
import { referralsOf } from './referrals.ts';
import { seedId } from './seed-id.ts';
import { buildWorld } from './world.ts';

const world = buildWorld(new Date());

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase('appointments');
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  expect(await seedAppointments(database.url, world)).toBe('seeded');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await pool.query<Record<string, unknown>>(sql, values)).rows;

describe('the seed of the appointments', () => {
  it('keeps a database that holds rows already', async () => {
    expect(await seedAppointments(database.url, world)).toBe('kept');
    expect(await rows('SELECT count(*)::int AS n FROM slot')).toEqual([{ n: world.slots.length }]);
  });

  it('has appointments in every status, two weeks back and two weeks ahead', async () => {
    const statuses = await rows('SELECT DISTINCT status::text FROM appointment ORDER BY 1');
    const [range] = await rows('SELECT min(starts_at) AS first, max(starts_at) AS last FROM slot');

    expect(statuses.map(({ status }) => status)).toEqual([
      'CANCELLED',
      'CHECKED_IN',
      'COMPLETED',
      'CONFIRMED',
      'IN_PROGRESS',
      'NO_SHOW',
      'REJECTED',
      'REQUESTED',
    ]);
    const dayMs = 24 * 60 * 60 * 1000;
    expect((range?.['last'] as Date).getTime() - (range?.['first'] as Date).getTime()).toBeGreaterThan(28 * dayMs);
  });

  it('tells a history that leads to the status of each appointment, in order and not in the future', async () => {
    const broken = await rows(`
      SELECT appointment.id FROM appointment
      LEFT JOIN LATERAL (
        SELECT status, version, max(occurred_at) OVER () AS latest,
               bool_and(occurred_at <= next_at) OVER () AS ascends,
               bool_and(previous_status IS NOT DISTINCT FROM before) OVER () AS links
        FROM (
          SELECT *, lead(occurred_at) OVER (ORDER BY version) AS next_at, lag(status) OVER (ORDER BY version) AS before
          FROM appointment_status_event WHERE appointment_id = appointment.id
        ) AS steps ORDER BY version DESC LIMIT 1
      ) AS last ON true
      WHERE last.status IS DISTINCT FROM appointment.status OR last.version <> appointment.version
        OR last.latest > now() OR last.ascends IS FALSE OR NOT last.links`);

    expect(broken).toEqual([]);
  });

  it('leaves nothing in the outbox', async () => {
    expect(await rows('SELECT sequence FROM outbox')).toEqual([]);
  });

  it('refers the demo patient twice between the demo doctors', async () => {
    const id = (email: string): string => seedId('user', email);
    const demo = referralsOf(world).filter(({ patientId }) => patientId === id('patient@example.com'));

    expect(demo).toHaveLength(2);
    for (const { fromDoctorId, toDoctorId } of demo) {
      expect([fromDoctorId, toDoctorId]).toEqual([id('doctor@example.com'), id('doctor2@example.com')]);
    }
    expect(await rows('SELECT count(*)::int AS n FROM referral')).toEqual([{ n: 30 }]);
  });
});
