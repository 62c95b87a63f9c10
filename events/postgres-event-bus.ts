import pg from 'pg';
import type { DomainEvent, LoggedEvent } from '../wire/domain-event.ts';
import type { EventType } from '../wire/names.ts';
import { EVENT_CHANNEL } from '../wire/names.ts';
import { consumerOf, createConsumerProgress, type ConsumerProgress } from './consumer-progress.ts';
import type { ConsumeOptions, Consumer, EventBus, StartingPoint } from './event-bus.ts';
import { keepListening } from './keep-listening.ts';
import { createLogRetention } from './postgres-retention.ts';
import { PositionBeyondEndError } from './position-beyond-end.ts';

export interface PostgresEventBusOptions {
  /** The `events` database (prisma/events/migrations). */
  readonly connectionString: string;
  /** How long an event stays in the log at least, in milliseconds; without it, for ever. */
  readonly retentionMs?: number;
  /** Told when old events cannot be deleted; publishing goes on. */
  onRetentionFailed?(cause: unknown): void;
  /** How often a consumer looks into the log without having been notified, in milliseconds. */
  readonly pollMs?: number;
}

/** Any number that nothing else in the events database locks: it makes publishers take turns. */
const PUBLISH_LOCK = 4_207_001;
const READ_LIMIT = 500;
/** Between two reads, in milliseconds: one read takes what a busy time brings meanwhile, and an event after a quiet time is read at once. */
const REST_MS = 15;
/** How many earlier events a consumer looks at before its first: more than a relay may publish again after a failure. */
const REMEMBERED = 1_000;

/**
 * The event bus over the log table of the events database, with LISTEN/NOTIFY to wake its consumers. Publishers take turns under
 * a lock until they have committed: without it a lower position could become visible after a higher one, and be skipped.
 */
export function createPostgresEventBus(options: PostgresEventBusOptions): EventBus {
  const { connectionString, retentionMs, onRetentionFailed, pollMs = 2_000 } = options;
  const retention = retentionMs === undefined ? undefined : createLogRetention(retentionMs, () => performance.now());
  const pool = new pg.Pool({ connectionString, max: 2, application_name: 'events publisher', keepAlive: true });
  // An idle connection that breaks is replaced at the next publish, which reports a failure of its own.
  pool.on('error', () => undefined);
  // One that breaks between two statements of a publish has no query to tell: the next statement fails. Unheard, it would end
  // the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const consumers = new Set<Consumer>();
  return {
    kind: 'postgres',
    async publish(events) {
      await append(pool, events);
      await retention?.trimWhenDue(pool).catch((cause: unknown) => onRetentionFailed?.(cause));
    },
    consume(options) {
      const consumer = consumeLog({ connectionString, pollMs }, options);
      consumers.add(consumer);
      return consumer;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      if (!pool.ended) await pool.end();
    },
  };
}

async function append(pool: pg.Pool, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return;
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PUBLISH_LOCK]);
    await client.query(
      `INSERT INTO event_log (id, type, source, subject, time, audience, data)
       SELECT e->>'id', e->>'type', e->>'source', e->>'subject', (e->>'time')::timestamptz,
              ARRAY(SELECT jsonb_array_elements_text(e->'audience')), e->'data'
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS list(e, place)
       ORDER BY place
       ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(events)],
    );
    await client.query('COMMIT');
    client.release();
  } catch (cause) {
    // Whatever state the connection is in: closing it rolls back and frees the lock.
    client.release(true);
    throw cause;
  }
}

function consumeLog(bus: { connectionString: string; pollMs: number }, options: ConsumeOptions): Consumer {
  const progress = createConsumerProgress(options);
  let isPlaced = false;
  const listening = keepListening({
    ...bus,
    applicationName: 'events consumer',
    channel: EVENT_CHANNEL,
    restMs: REST_MS,
    async work(client, signal) {
      if (!isPlaced) await place(client, options.after, progress);
      isPlaced = true;
      progress.listening();
      await handOver(client, progress, signal);
    },
    onFailure: (cause) => progress.waiting(cause),
  });
  return consumerOf(progress, () => listening.stop());
}

/** Hands over whatever the log holds after the consumer's position. */
async function handOver(client: pg.Client, progress: ConsumerProgress, signal: AbortSignal): Promise<void> {
  for (;;) {
    const events = await readAfter(client, progress.position ?? 0n);
    for (const event of events) {
      if (signal.aborted) return;
      await progress.take(event);
    }
    if (events.length < READ_LIMIT) return;
  }
}

/** Finds where to start, and looks at what comes before so that a double of it is known. */
async function place(client: pg.Client, start: StartingPoint, progress: ConsumerProgress): Promise<void> {
  const position = await placeOf(client, start);
  const { rows } = await client.query<{ id: string; source: string }>(
    `SELECT id, source FROM event_log WHERE position <= $1 ORDER BY position DESC LIMIT ${REMEMBERED}`,
    [position.toString()],
  );
  for (const event of rows) progress.remember(event);
  progress.position = position;
}

async function placeOf(client: pg.Client, start: StartingPoint): Promise<bigint> {
  if (typeof start !== 'bigint') return endBefore(client, start);
  const { rows } = await client.query<{ end: string }>('SELECT last_value AS end FROM event_log_position_seq');
  const end = BigInt(rows[0]?.end ?? 0);
  if (start > end) throw new PositionBeyondEndError(start, end);
  return start;
}

/**
 * The position before the first event since a time, or the end of the log. Nothing is missed by starting there: publishers take
 * turns, so no lower position can become visible later. The times are searched first, because a minimum of positions alone would
 * be looked for from the beginning of the log.
 */
async function endBefore(client: pg.Client, time: Date | 'now'): Promise<bigint> {
  const { rows } = await client.query<{ position: string }>(
    `WITH since AS MATERIALIZED (SELECT position FROM event_log WHERE logged_at >= $1::timestamptz)
     SELECT coalesce((SELECT min(position) - 1 FROM since), (SELECT max(position) FROM event_log), 0) AS position`,
    [time === 'now' ? 'infinity' : time],
  );
  return BigInt(rows[0]?.position ?? 0);
}

interface LogRow extends Omit<LoggedEvent, 'position'> {
  /** A newer publisher may write types that this version does not know: consumers pass over what they do not handle. */
  readonly type: EventType;
  readonly position: string;
}

/** Each row in one column: for a busy reader, columns and their types take longer to read than the JSON of all. */
const READ = `
  SELECT json_build_object(
    'position', position::text, 'id', id, 'type', type, 'source', source, 'subject', subject,
    'time', to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'audience', audience, 'data', data)
  FROM event_log WHERE position > $1 ORDER BY position LIMIT ${READ_LIMIT}`;

async function readAfter(client: pg.Client, position: bigint): Promise<LoggedEvent[]> {
  const values = [position.toString()];
  const { rows } = await client.query<[LogRow]>({ name: 'read-event-log', text: READ, values, rowMode: 'array' });
  return rows.map(([row]) => ({ ...row, position: BigInt(row.position) }));
}
