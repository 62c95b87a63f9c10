import type { Logger } from 'pino';
import type { Consumer, EventBus, EventBusKind } from '../../events/event-bus.ts';
import { PositionBeyondEndError } from '../../events/position-beyond-end.ts';
import type { LoggedEvent } from '../../wire/domain-event.ts';
import type { EventType } from '../../wire/names.ts';

/*
 * In schema.prisma of a subgraph that listens to events:
 *
 *   /// How far each consumer has read the event log; moves in the transaction of what the event caused.
 *   model ConsumerPosition {
 *     name     String @id
 *     position BigInt
 *
 *     @@map("consumer_position")
 *   }
 */

/** The part of a Prisma client that a consumer needs; `Tx` is the client within a transaction. */
export interface ConsumerDatabase<Tx extends RawExecutor> {
  $queryRawUnsafe<T>(query: string, ...values: unknown[]): PromiseLike<T>;
  $transaction<R>(work: (tx: Tx) => Promise<R>): PromiseLike<R>;
}

export interface RawExecutor {
  $executeRawUnsafe(query: string, ...values: unknown[]): PromiseLike<number>;
}

export interface ConsumeIntoOptions<Tx extends RawExecutor> {
  readonly bus: Pick<EventBus, 'consume' | 'kind'>;
  readonly database: ConsumerDatabase<Tx>;
  /** Names the position in the database: keep it, or the consumer starts again from the beginning of the log. */
  readonly name: string;
  readonly types: readonly EventType[];
  /** Does what the event asks for, with `tx` alone. May run again after a failure, never again after its commit. */
  readonly handle: (event: LoggedEvent, tx: Tx) => Promise<void>;
  readonly log: Pick<Logger, 'error'>;
}

/** After so many events of other types the position is written down, so that a restart does not read them all again. */
const SKIPPED_PER_NOTE = 200;

const ADVANCE = `
  INSERT INTO consumer_position AS mine (name, position) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE mine.position < excluded.position`;

/**
 * Lets the events of some types take effect in a subgraph's database exactly once and in order: the effect and the new position
 * are one transaction, and of several processes with the same name the one that moves the position first does the work. An event
 * that fails is logged (id and type) and tried again with backoff; those after it wait. Rejects when the position cannot be read.
 */
export async function consumeInto<Tx extends RawExecutor>(options: ConsumeIntoOptions<Tx>): Promise<Consumer> {
  const { bus, database, types, handle, log } = options;
  const name = positionName(options.name, bus.kind);
  let skipped = 0;
  const take = async (event: LoggedEvent): Promise<void> => {
    const isOurs = types.includes(event.type);
    skipped = isOurs ? 0 : skipped + 1;
    if (!isOurs && skipped % SKIPPED_PER_NOTE !== 0) return;
    await database.$transaction(async (tx) => {
      // First, because it locks the row: another process with the same name waits here, and then finds nothing left to do.
      const moved = await tx.$executeRawUnsafe(ADVANCE, name, event.position);
      if (isOurs && moved === 1) await handle(event, tx);
    });
  };
  return bus.consume({
    after: await storedPosition(database, name),
    onEvent: async (event) => {
      try {
        await take(event);
      } catch (cause) {
        // Not the message: it may quote what the handler worked on.
        const failure = cause instanceof Error ? cause.name : typeof cause;
        log.error({ eventId: event.id, eventType: event.type, consumer: name, failure }, 'event will be tried again');
        throw cause;
      }
    },
    onState(_, cause) {
      if (cause instanceof PositionBeyondEndError) log.error({ consumer: name, err: cause }, 'a consumer stands still');
    },
  });
}

/** Another kind of bus counts in another way, so it has a position of its own. */
function positionName(name: string, kind: EventBusKind): string {
  return kind === 'postgres' ? name : `${name} (${kind})`;
}

async function storedPosition(database: ConsumerDatabase<RawExecutor>, name: string): Promise<bigint> {
  const rows = await database.$queryRawUnsafe<{ position: bigint }[]>(
    'SELECT position FROM consumer_position WHERE name = $1',
    name,
  );
  return rows[0]?.position ?? 0n;
}
