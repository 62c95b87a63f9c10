import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../wire/domain-event.ts';

/*
 * The outbox of a subgraph: a mutation writes its events into this table in the transaction that changes the data, so that either
 * both are there or neither; outbox-relay.ts publishes them. Events of one subject are published in the order in which they
 * happened when the mutation changes (and so locks) the subject's row before it writes the outbox row.
 *
 * In schema.prisma:
 *
 *   /// Events that this subgraph has to publish, and those that it has published.
 *   model OutboxEvent {
 *     sequence    BigInt    @id @default(autoincrement())
 *     eventId     String    @unique @map("event_id")
 *     type        String
 *     subject     String
 *     time        DateTime  @db.Timestamptz(3)
 *     audience    String[]
 *     data        Json
 *     publishedAt DateTime? @map("published_at") @db.Timestamptz(3)
 *
 *     @@map("outbox")
 *   }
 *
 * In the migration, after the table (Prisma cannot write these):
 *
 *   CREATE INDEX outbox_unpublished ON outbox (sequence) WHERE published_at IS NULL;
 *
 *   CREATE FUNCTION outbox_announce() RETURNS trigger LANGUAGE plpgsql AS $$
 *   BEGIN
 *     PERFORM pg_notify('caregraph_outbox', '');
 *     RETURN NULL;
 *   END
 *   $$;
 *
 *   CREATE TRIGGER outbox_announce AFTER INSERT ON outbox
 *     FOR EACH STATEMENT EXECUTE FUNCTION outbox_announce();
 *
 * Published rows are deleted after a while (outbox-retention.ts); nothing reads them again.
 */

/** The PostgreSQL channel on which an outbox tells its relay that there is something to publish. */
export const OUTBOX_CHANNEL = 'caregraph_outbox';

/** What a use case says happened. `time` defaults to now, `id` to a new one. */
export interface OutboxEvent extends Pick<DomainEvent, 'type' | 'subject' | 'audience' | 'data'> {
  /** For a subgraph that keeps the event's id in a row of its own, such as a history that a subscription reads from. */
  readonly id?: string | undefined;
  readonly time?: Date | undefined;
}

/** The create-input of the OutboxEvent model. */
export interface OutboxRow {
  eventId: string;
  type: string;
  subject: string;
  time: Date;
  audience: string[];
  data: Record<string, string | null>;
}

/** The row for `tx.outboxEvent.create({ data: outboxRow(event) })`, in the transaction that makes the event true. */
export function outboxRow(event: OutboxEvent): OutboxRow {
  const { id = randomUUID(), type, subject, time = new Date(), audience, data } = event;
  return { eventId: id, type, subject, time, audience: [...new Set(audience)], data: { ...data } };
}
