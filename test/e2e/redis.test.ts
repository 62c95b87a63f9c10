import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { CancelDocument, MyAppointmentsDocument, MyUpcomingDocument } from '../../operations/generated/documents.ts';
import { signIn, type TestClient } from '../support/client.ts';
import { describeWhere } from '../support/describe-where.ts';
import { eventsOf } from '../support/events-of.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';
import { hasRedisServer, startRedis, type TestRedis } from '../support/redis.ts';

describeWhere({ name: 'redis-server', isThere: hasRedisServer(), isInstalledInCi: true }, () => {
  describe('the platform with its events on Redis', () => {
    let redis: TestRedis;
    let platform: TestPlatform;
    let patient: TestClient;
    let appointments: string[];

    beforeAll(async () => {
      redis = await startRedis();
      platform = await startPlatform({ REDIS_URL: redis.url });
      patient = await signIn(platform.url, 'patient@example.com');
      const { myAppointments } = await patient.data(MyUpcomingDocument, { first: 2 });
      appointments = myAppointments.edges.map(({ node }) => node.id);
    }, 120_000);
    afterAll(async () => {
      await platform.stop();
      await redis.stop();
    });

    it('brings a change of status from the mutation to the socket, over Redis and not over PostgreSQL', async () => {
      const [id = ''] = appointments;
      const live = eventsOf(patient, MyAppointmentsDocument, {});
      await live.ready;

      await patient.data(CancelDocument, { id });

      const { data } = await live.next();
      expect(data?.appointmentStatusChanged.appointment).toMatchObject({ id, status: 'CANCELLED' });
      expect(await subjectsOnRedis(redis.url)).toContain(id);
      expect(await subjectsOnPostgres(platform)).not.toContain(id);
      await live.stop();
    });

    it('fails no mutation while Redis is down, and brings its change when Redis is back', async () => {
      const [, id = ''] = appointments;
      const live = eventsOf(patient, MyAppointmentsDocument, {});
      await live.ready;
      await redis.kill();

      const cancelled = await patient.data(CancelDocument, { id });
      expect(cancelled.cancelAppointment).toMatchObject({ id, status: 'CANCELLED' });
      expect(live.received()).toBe(0);
      await redis.restart();

      const { data } = await live.next();
      expect(data?.appointmentStatusChanged.appointment).toMatchObject({ id, status: 'CANCELLED' });
      await live.stop();
    }, 60_000);
  });
});

async function subjectsOnRedis(url: string): Promise<string[]> {
  const client = new Redis(url);
  const entries = await client.xrange('{caregraph:events}', '-', '+');
  await client.quit();
  return entries.map(([, fields]) => (JSON.parse(fields[1] ?? '') as { subject: string }).subject);
}

async function subjectsOnPostgres({ databaseUrls }: TestPlatform): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrls['events'] });
  await client.connect();
  const { rows } = await client.query<{ subject: string }>('SELECT subject FROM event_log');
  await client.end();
  return rows.map(({ subject }) => subject);
}
