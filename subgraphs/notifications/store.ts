import { PrismaClient, type Prisma } from '../../prisma/notifications/generated/client.ts';
import { databaseOptions } from '../shared/database.ts';
import type { NotificationPreferencesRecord, NotificationRecord } from './records.ts';

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** The rows of the notifications database. Every read and every change names the person whose they are. */
export interface NotificationStore {
  /** Latest first; `after` is the instant and the id that the page follows. */
  page(userId: string, limit: number, after?: readonly [createdAt: Date, id: string]): Promise<NotificationRecord[]>;
  byId(userId: string, ids: readonly string[]): Promise<NotificationRecord[]>;
  count(userId: string): Promise<number>;
  countUnread(userId: string): Promise<number>;
  /** Read stays read: the first instant counts. `undefined` when the person has no such notification. */
  markRead(userId: string, id: string, at: Date): Promise<NotificationRecord | undefined>;
  /** How many were unread. */
  markAllRead(userId: string, at: Date): Promise<number>;
  /** `undefined` for a person who has never chosen. */
  preferences(userId: string): Promise<NotificationPreferencesRecord | undefined>;
  /** Changes what is given; the rest stays as it is, or as the database's defaults have it. */
  savePreferences(
    userId: string,
    changes: Partial<NotificationPreferencesRecord>,
    at: Date,
  ): Promise<NotificationPreferencesRecord>;
  /** Rejects when the database does not answer. */
  check(): Promise<void>;
}

export interface DatabaseOptions {
  readonly databaseUrl: string;
  /** Told of every statement that is sent to the database, without its values. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

const LATEST_FIRST: Prisma.NotificationOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }];
const PREFERENCES = { email: true, sms: true, whatsapp: true, push: true };

/** Makes the client of the notifications database; it connects when it is first used, and must be disconnected at the end. */
export function openDatabase({ databaseUrl, onStatement }: DatabaseOptions): Database {
  const client = new PrismaClient({
    ...databaseOptions(databaseUrl),
    log: onStatement === undefined ? [] : [{ emit: 'event', level: 'query' }],
  });
  if (onStatement !== undefined) client.$on('query', ({ query }) => onStatement(query));
  return client;
}

/** Makes the store. */
export function createStore(database: Database): NotificationStore {
  return {
    page: (userId, limit, after) =>
      database.notification.findMany({
        where: { userId, ...(after && { OR: follows(after) }) },
        orderBy: LATEST_FIRST,
        take: limit,
      }),
    byId: (userId, ids) => database.notification.findMany({ where: { userId, id: { in: [...ids] } } }),
    count: (userId) => database.notification.count({ where: { userId } }),
    countUnread: (userId) => database.notification.count({ where: { userId, readAt: null } }),
    async markRead(userId, id, readAt) {
      await database.notification.updateMany({ where: { id, userId, readAt: null }, data: { readAt } });
      return (await database.notification.findFirst({ where: { id, userId } })) ?? undefined;
    },
    async markAllRead(userId, readAt) {
      const { count } = await database.notification.updateMany({ where: { userId, readAt: null }, data: { readAt } });
      return count;
    },
    async preferences(userId) {
      const row = await database.notificationPreferences.findUnique({ where: { userId }, select: PREFERENCES });
      return row ?? undefined;
    },
    savePreferences: (userId, changes, updatedAt) =>
      database.notificationPreferences.upsert({
        where: { userId },
        create: { userId, ...changes, updatedAt },
        update: { ...changes, updatedAt },
        select: PREFERENCES,
      }),
    async check() {
      await database.$queryRaw`SELECT 1`;
    },
  };
}

/** What comes after a place, latest first. The first condition lets the index find the place. */
function follows([createdAt, id]: readonly [Date, string]): Prisma.NotificationWhereInput[] {
  return [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }];
}
