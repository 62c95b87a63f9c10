import type pg from 'pg';
import type { Logger } from 'pino';
import type { EventBus } from '../../events/event-bus.ts';
import { keepListening } from '../../events/keep-listening.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';
import type { EventType, SubgraphName } from '../../wire/names.ts';
import { createOutboxRetention } from './outbox-retention.ts';
import { OUTBOX_CHANNEL } from './outbox.ts';

export interface OutboxRelayOptions {
  /** The subgraph's own database. */
  readonly databaseUrl: string;
  /** Becomes the `source` of the events. */
  readonly source: SubgraphName;
  readonly bus: Pick<EventBus, 'publish'>;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** How long a published row stays at least, in milliseconds. */
  readonly retentionMs: number;
  /** How often to look without having been notified, and how often a relay that stands by tries to take over, in milliseconds. */
  readonly pollMs?: number;
}

export interface OutboxRelay {
  /** Stops after the batch in hand; what is unpublished then is published after the next start. */
  stop(): Promise<void>;
}

/** Any number that nothing else in a subgraph's database locks: whoever holds it is the active relay. */
const RELAY_LOCK = 4_207_002;
const BATCH_SIZE = 100;

/**
 * Publishes what the outbox holds, in its order, apart from all requests: while the bus is down the rows wait, and are published
 * when it is back. One relay per database is active, others stand by. A row may be published twice when a process dies between
 * publishing and marking; consumers see it once. The active relay also deletes what was published longer ago than the retention.
 */
export async function startOutboxRelay(options: OutboxRelayOptions): Promise<OutboxRelay> {
  const { databaseUrl, source, bus, log, retentionMs, pollMs = 2_000 } = options;
  const retention = createOutboxRetention(retentionMs, () => performance.now());
  let holder: pg.Client | undefined;
  let failures = 0;
  return keepListening({
    connectionString: databaseUrl,
    applicationName: 'outbox relay',
    channel: OUTBOX_CHANNEL,
    pollMs,
    async work(client, signal) {
      if (holder !== client) {
        if (!(await becomeActive(client))) return;
        holder = client;
        log.info({ source }, 'outbox relay is active');
      }
      await publishAll(client, { source, bus, signal });
      await retention.trimWhenDue(client);
      failures = 0;
    },
    onFailure(cause) {
      failures += 1;
      // The first failure of a row and then every 20th: a long outage must not fill the log.
      if (failures % 20 === 1) log.warn({ source, failures, err: cause }, 'outbox relay will try again');
    },
  });
}

/** The lock belongs to the connection: losing one loses the other, and the next relay takes over. */
async function becomeActive(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [RELAY_LOCK]);
  return rows[0]?.held === true;
}

async function publishAll(
  client: pg.Client,
  { source, bus, signal }: { source: SubgraphName; bus: Pick<EventBus, 'publish'>; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    const rows = await readUnpublished(client);
    if (rows.length === 0) return;
    await bus.publish(rows.map((row) => eventOf(row, source)));
    await client.query('UPDATE outbox SET published_at = now() WHERE sequence = ANY($1::bigint[])', [
      rows.map(({ sequence }) => sequence),
    ]);
    if (rows.length < BATCH_SIZE) return;
  }
}

interface UnpublishedRow {
  readonly sequence: string;
  readonly event_id: string;
  readonly type: EventType;
  readonly subject: string;
  readonly time: Date;
  readonly audience: string[];
  readonly data: Record<string, string | null>;
}

async function readUnpublished(client: pg.Client): Promise<UnpublishedRow[]> {
  const { rows } = await client.query<UnpublishedRow>(
    `SELECT sequence, event_id, type, subject, time, audience, data
     FROM outbox WHERE published_at IS NULL ORDER BY sequence LIMIT ${BATCH_SIZE}`,
  );
  return rows;
}

function eventOf(row: UnpublishedRow, source: SubgraphName): DomainEvent {
  const { event_id: id, type, subject, time, audience, data } = row;
  return { id, type, source, subject, time: time.toISOString(), audience, data };
}
