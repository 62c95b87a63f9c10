import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { BusAddress } from '../../events/bus-address.ts';
import type { EventBus } from '../../events/event-bus.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import { eventually } from '../../test/gateway/support/supergraph-file.ts';
import { describeWhere } from '../../test/support/describe-where.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { hasRedisServer, startRedis, type TestRedis } from '../../test/support/redis.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';
import { EventWindow } from './event-window.ts';
import { listenForEvents } from './listen-for-events.ts';

const HOUR_MS = 3_600_000;
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('listening to events over PostgreSQL', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase('events');
    cleanups.push(() => database.drop());
  });

  it('has caught up where the log ends with an event that it holds twice', async () => {
    const bus = openBus({ kind: 'postgres', connectionString: database.url });
    await bus.publish([eventOf('first'), eventOf('second')]);
    await logTwice(database.url, 'first');

    const { arrive, window, heard } = listen(bus);
    await arrival(arrive);

    expect(heard).toEqual(['first', 'second']);
    expect(window.head()?.position).toBe(3n);
  });
});

describeWhere({ name: 'redis-server', isThere: hasRedisServer(), isInstalledInCi: true }, () => {
  describe('listening to events over Redis', () => {
    let redis: TestRedis;

    beforeEach(async () => {
      redis = await startRedis();
      cleanups.push(() => redis.stop());
    });

    it('has caught up where the log ends with an entry that is no event, and goes on after it', async () => {
      const bus = openBus({ kind: 'redis', url: redis.url });
      await bus.publish([eventOf('first')]);
      const client = new Redis(redis.url);
      await client.xadd('{caregraph:events}', '*', 'event', 'no JSON');
      await client.quit();

      const { arrive, window, heard } = listen(bus);
      await arrival(arrive);
      const { position = 0n, cursor = '' } = window.head() ?? {};
      await bus.publish([eventOf('next')]);
      await window.reached(position + 1n, new AbortController().signal);

      expect(heard).toEqual(['first', 'next']);
      // A client that was told this place misses nothing from there on.
      expect(window.find(cursor)).toBe(position);
      expect(window.next(position, ADA)).toMatchObject({ id: 'next' });
    });
  });
});

const ADA = { type: 'appointment.status-changed', user: 'ada', subject: undefined };

function openBus(address: BusAddress): EventBus {
  const bus = openEventBus({ address, retentionMs: HOUR_MS }, { error: () => undefined });
  cleanups.push(() => bus.close());
  return bus;
}

function listen(bus: EventBus) {
  const window = new EventWindow({ maxAgeMs: HOUR_MS, maxEvents: 100, clock: Date.now });
  const heard: string[] = [];
  const log = { info: () => undefined, warn: () => undefined };
  const since = new Date(Date.now() - HOUR_MS);
  const { arrive, stop } = listenForEvents({ bus, window, since, onEvent: ({ id }) => heard.push(id), log });
  cleanups.push(stop);
  return { arrive, window, heard };
}

/** Whoever comes while the log is not caught up with is refused after a while, and comes again. */
function arrival(arrive: () => Promise<void>): Promise<void> {
  return eventually(() =>
    arrive().then(
      () => true,
      () => false,
    ),
  );
}

/** No bus of ours writes an event twice; a log that was restored or written by another hand may hold it twice. */
async function logTwice(connectionString: string, id: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('ALTER TABLE event_log DROP CONSTRAINT event_log_id_key');
  await client.query(
    `INSERT INTO event_log (id, type, source, subject, time, audience, data)
     SELECT id, type, source, subject, time, audience, data FROM event_log WHERE id = $1`,
    [id],
  );
  await client.end();
}

function eventOf(id: string): DomainEvent {
  return {
    ...{ id, type: 'appointment.status-changed', source: 'appointments', subject: 'v1' },
    ...{ time: new Date().toISOString(), audience: ['ada'], data: {} },
  };
}
