import { PrismaClient, type Prisma } from '../../prisma/appointments/generated/client.ts';
import { databaseOptions } from '../shared/database.ts';

export type Database = PrismaClient;

/** Opens the database of the appointments; `onStatement` is told of every SQL statement, without its values. */
export function openDatabase(databaseUrl: string, onStatement?: (sql: string) => void): Database {
  const database = new PrismaClient({
    ...databaseOptions(databaseUrl),
    errorFormat: 'minimal',
    log: onStatement === undefined ? [] : [{ emit: 'event', level: 'query' }],
  });
  if (onStatement !== undefined) database.$on('query', ({ query }) => onStatement(query));
  return database;
}

/** Resolves when the database answers. */
export async function isReachable(database: Database): Promise<void> {
  await database.$queryRaw`SELECT 1`;
}

/**
 * Runs a change of appointments in a transaction. Changes to the calendars of the same people take turns: without that, two
 * writers whose times overlap could each wait for the other inside an exclusion constraint, until PostgreSQL notices the
 * deadlock after a second. What keeps double bookings out is the constraints, not this lock.
 */
export async function inCalendars<Result>(
  database: Database,
  peopleIds: readonly string[],
  work: (tx: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(key)
      FROM (SELECT DISTINCT hashtextextended(id, 0) AS key FROM unnest(${peopleIds}::text[]) AS id ORDER BY key) AS keys`;
    return work(tx);
  });
}

/**
 * Which of the named constraints an error of Prisma reports as violated. Prisma words a unique violation (SQLSTATE 23505) as
 * P2002 and an exclusion violation (23P01) as P2039; both carry PostgreSQL's own message, which holds the constraint's name.
 */
export function violatedConstraint<Name extends string>(error: unknown, names: readonly Name[]): Name | undefined {
  const cause = ['meta', 'driverAdapterError', 'cause'].reduce(property, error);
  const code = property(cause, 'originalCode');
  const message = property(cause, 'originalMessage');
  if ((code !== '23505' && code !== '23P01') || typeof message !== 'string') return undefined;
  return names.find((name) => message.includes(`"${name}"`));
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
