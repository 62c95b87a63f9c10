import { outboxRow, type OutboxEvent } from '../shared/outbox.ts';
import type { NotificationRecord } from './records.ts';
import type { Transaction } from './store.ts';

/** A notification to be, and the event that causes it. */
export interface NewNotification extends Omit<NotificationRecord, 'readAt'> {
  readonly eventId: string;
}

/**
 * Adds notifications, each with its own event in the outbox, in one transaction. Whoever was told of the causing event already is
 * not told again, and no event is raised for them.
 */
export async function addNotifications(
  tx: Transaction,
  news: readonly NewNotification[],
  eventOf: (added: NotificationRecord) => OutboxEvent,
): Promise<void> {
  const added = await tx.notification.createManyAndReturn({ data: [...news], skipDuplicates: true });
  await tx.outboxEvent.createMany({ data: added.map((row) => outboxRow(eventOf(row))) });
}
