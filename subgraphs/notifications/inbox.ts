import { clientError } from '../shared/client-error.ts';
import { connection, pageRequest, type PageArguments } from '../shared/connection.ts';
import { cursorInstant } from '../shared/cursor-instant.ts';
import type { NotificationConnectionRecord, NotificationRecord } from './records.ts';
import type { NotificationStore } from './store.ts';

/** What one person was told. Somebody else's notifications do not exist here. */
export interface Inbox {
  /** Latest first. Throws `BAD_USER_INPUT` for a foreign cursor. */
  page(page: PageArguments): Promise<NotificationConnectionRecord>;
  /** Marks one as read; one that was read stays as it is. Throws `NOT_FOUND`. */
  markRead(id: string): Promise<NotificationRecord>;
  /** Marks all as read and tells how many were not. */
  markAllRead(): Promise<number>;
}

export type InboxStore = Pick<NotificationStore, 'page' | 'count' | 'countUnread' | 'markRead' | 'markAllRead'>;

/** Opens the inbox of a person. */
export function openInbox(store: InboxStore, userId: string, now: () => Date): Inbox {
  return {
    async page(pageArguments) {
      const page = pageRequest(pageArguments, 2);
      const [rows, count, unreadCount] = await Promise.all([
        store.page(userId, page.limit + 1, page.after && placeOf(page.after)),
        store.count(userId),
        store.countUnread(userId),
      ]);
      return { ...connection(rows, page, count, keysOf), unreadCount };
    },
    async markRead(id) {
      const read = await store.markRead(userId, id, now());
      if (read === undefined) throw clientError('NOT_FOUND', 'You have no notification with this id.');
      return read;
    },
    markAllRead: () => store.markAllRead(userId, now()),
  };
}

function keysOf({ createdAt, id }: NotificationRecord): readonly string[] {
  return [createdAt.toISOString(), id];
}

function placeOf([time, id = '']: readonly string[]): readonly [createdAt: Date, id: string] {
  return [cursorInstant(time), id];
}
