import { PrismaClient } from '../../prisma/users/generated/client.ts';
import type { Prisma } from '../../prisma/users/generated/client.ts';
import { databaseOptions } from '../shared/database.ts';

export type Database = PrismaClient<'query'>;
export type Transaction = Prisma.TransactionClient;

/** Opens the database of this subgraph, lazily. `onQuery` hears of every SQL statement. */
export function openDatabase(databaseUrl: string, onQuery?: (sql: string) => void): Database {
  const database = new PrismaClient({
    ...databaseOptions(databaseUrl),
    log: [{ emit: 'event', level: 'query' }],
  });
  if (onQuery !== undefined) database.$on('query', ({ query }) => onQuery(query));
  return database;
}

/** Resolves when the database answers. */
export async function checkDatabase(database: Database): Promise<void> {
  await database.$queryRaw`SELECT 1`;
}
