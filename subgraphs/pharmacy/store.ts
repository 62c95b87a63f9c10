import { PrismaClient } from '../../prisma/pharmacy/generated/client.ts';
import { databaseOptions } from '../shared/database.ts';

/** The pharmacy database; the functions of store-*.ts read and write it. */
export type Database = PrismaClient;

/** The database within a transaction. */
export type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0];

/** Opens the pharmacy database; `onStatement` is told of every SQL statement, without its values. Connects at the first use. */
export function openDatabase(databaseUrl: string, onStatement?: (sql: string) => void): Database {
  const options = databaseOptions(databaseUrl);
  if (onStatement === undefined) return new PrismaClient({ ...options, log: [] });
  const client = new PrismaClient({ ...options, log: [{ emit: 'event', level: 'query' }] });
  client.$on('query', ({ query }) => onStatement(query));
  return client;
}
