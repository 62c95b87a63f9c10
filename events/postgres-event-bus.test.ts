import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrateDatabase } from '../platform/migrate-database.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { describeEventBus } from '../test/support/event-bus-contract.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/postgres.ts';
import type { DomainEvent, LoggedEvent } from '../wire/domain-event.ts';
import type { ConsumerState, EventBus } from './event-bus.ts';
import { createPostgresEventBus } from './postgres-event-bus.ts';

let database: TestDatabase;
let admin: pg.Pool;
const buses: EventBus[] = [];

beforeAll(async () => {
  database = await createTestDatabase('events');
  admin = new pg.Pool({ connectionString: database.url, max: 2 });
});

afterEach(async () => {
  await Promise.all(buses.splice(0).map((bus) => bus.close()));
});

afterAll(async () => {
  await admin.end();
  await database.drop();
});

it('passes over an event that is in the log already, and appends the others of the same call', async () => {
  const bus = makeBus();
  const seen = collect(bus, 'now');
  await seen.consumer.started;

  await bus.publish([eventOf('twice-1')]);
  await bus.publish([eventOf('twice-1'), eventOf('twice-2'), eventOf('twice-2')]);
  await bus.publish([eventOf('twice-end')]);

  await seen.until((list) => list.some(({ id }) => id === 'twice-end'));
  expect(seen.list.map(({ id }) => id)).toEqual(['twice-1', 'twice-2', 'twice-end']);
});

it('reads on where it was after its connection is killed: no event lost, none twice, and says so meanwhile', async () => {
  const bus = makeBus();
  const states: ConsumerState[] = [];
  const seen = collect(bus, 'now', (state) => states.push(state));
  await seen.consumer.started;

  await bus.publish([eventOf('killed-1')]);
  await seen.until((list) => list.length === 1);
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'events consumer' AND datname = current_database()",
  );
  await bus.publish([eventOf('killed-2')]);
  await bus.publish([eventOf('killed-3')]);

  await seen.until((list) => list.length === 3);
  await bus.publish([eventOf('killed-4')]);
  await seen.until((list) => list.length === 4);
  expect(seen.list.map(({ id }) => id)).toEqual(['killed-1', 'killed-2', 'killed-3', 'killed-4']);
  expect(states).toEqual(['listening', 'waiting', 'listening']);
});

it('survives the loss of a connection at any moment of a publish, which fails or has been done', async () => {
  const bus = makeBus();
  const isOver = new AbortController();
  const cutting = (async () => {
    while (!isOver.signal.aborted) {
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'events publisher' AND datname = current_database()",
      );
    }
  })();

  const outcomes: boolean[] = [];
  for (let n = 0; n < 150; n += 1) {
    const isDone = bus.publish([eventOf(`cut-${n}`)]).then(
      () => true,
      () => false,
    );
    outcomes.push(await isDone);
  }
  isOver.abort();
  await cutting;

  const { rows } = await admin.query<{ id: string }>("SELECT id FROM event_log WHERE id LIKE 'cut-%'");
  const logged = new Set(rows.map(({ id }) => id));
  expect(outcomes.flatMap((isDone, n) => (isDone && !logged.has(`cut-${n}`) ? [n] : []))).toEqual([]);
  const last = [eventOf('after the cuts')];
  await bus.publish(last).catch(() => bus.publish(last)); // the last cut may have hit an idle connection
});

it('refuses to change what is in the log', async () => {
  await makeBus().publish([eventOf('fixed')]);

  const change = admin.query("UPDATE event_log SET subject = 'other' WHERE id = 'fixed'");

  await expect(change).rejects.toThrow('append-only');
});

it('rejects a publish, appends nothing of it and publishes again later when the database refuses', async () => {
  const bus = makeBus();
  const broken = { ...eventOf('broken'), time: 'no time at all' };

  await expect(bus.publish([eventOf('whole-1'), broken])).rejects.toThrow();
  await bus.publish([eventOf('whole-2')]);

  const { rows } = await admin.query("SELECT id FROM event_log WHERE id LIKE 'whole-%'");
  expect(rows).toEqual([{ id: 'whole-2' }]);
});

describeEventBus('PostgreSQL', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'caregraph-bus-'));
  chmodSync(folder, 0o755); // PostgreSQL runs as another user when we are root
  const start = () => startEmbeddedPostgres({ dataFolder: join(folder, 'data'), logFile: join(folder, 'log') });
  let server = await start();
  const connectionString = server.url('events');
  await migrateDatabase(connectionString, 'prisma/events/migrations');
  return {
    address: { kind: 'postgres', connectionString },
    async crash() {
      server.kill();
      while (server.isRunning()) await nextTurn();
    },
    async restart() {
      server = await start();
      expect(server.url('events')).toBe(connectionString);
    },
    // As after a retention that has forgotten the first one.
    async appendDouble(event) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query('DELETE FROM event_log WHERE id = $1', [event.id]);
      await client.end();
      const bus = createPostgresEventBus({ connectionString });
      await bus.publish([event]);
      await bus.close();
    },
    async stop() {
      await server.stop();
      await removeEmbeddedPostgres(join(folder, 'data'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

function makeBus(): EventBus {
  const bus = createPostgresEventBus({ connectionString: database.url, pollMs: 60_000 });
  buses.push(bus);
  return bus;
}

function eventOf(id: string, rest: Partial<DomainEvent> = {}): DomainEvent {
  return {
    id,
    type: 'appointment.status-changed',
    source: 'appointments',
    subject: 'appointment-1',
    time: '2026-01-02T03:04:05.678Z',
    audience: [],
    data: {},
    ...rest,
  };
}

/** Consumes into a list and lets a test wait for what the list holds. */
function collect(bus: EventBus, after: 'now' | bigint, onState: (state: ConsumerState) => void = () => undefined) {
  const list: LoggedEvent[] = [];
  const waiting = new Set<() => void>();
  const consumer = bus.consume({
    after,
    onState,
    onEvent(event) {
      list.push(event);
      for (const look of waiting) look();
    },
  });
  const until = (isDone: (list: readonly LoggedEvent[]) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isDone(list)) resolve();
      };
      waiting.add(look);
      look();
    });
  return { consumer, list, until };
}
