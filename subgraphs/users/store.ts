import { PrismaClient } from '../../prisma/users/generated/client.ts';
import type { Prisma } from '../../prisma/users/generated/client.ts';
import { databaseAdapter } from '../shared/database.ts';

export type Database = PrismaClient<'query'>;
export type Transaction = Prisma.TransactionClient;

/** Rather wait for a connection than fail: a burst of sign-ins holds all of them for moments only. */
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 15_000 };

/** Opens the database of this subgraph, lazily. `onQuery` hears of every SQL statement. */
export function openDatabase(databaseUrl: string, onQuery?: (sql: string) => void): Database {
  const database = new PrismaClient({
    adapter: databaseAdapter(databaseUrl),
    transactionOptions: TRANSACTION_LIMITS,
    log: [{ emit: 'event', level: 'query' }],
  });
  if (onQuery !== undefined) database.$on('query', ({ query }) => onQuery(query));
  return database;
}

/** Resolves when the database answers. */
export async function checkDatabase(database: Database): Promise<void> {
  await database.$queryRaw`SELECT 1`;
}
