import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** Connections that one process of a subgraph holds at most. */
const POOL_SIZE = 10;

/** The driver adapter through which a Prisma client talks to its database; a query waits at most 5 s for a free connection. */
export function databaseAdapter(databaseUrl: string): SqlDriverAdapterFactory {
  return new PrismaPg({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
  });
}
