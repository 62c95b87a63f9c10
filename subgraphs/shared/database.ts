import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

/** Connections that one process of a subgraph holds at most. */
const POOL_SIZE = 10;

/** The driver adapter through which a Prisma client talks to its database; a query waits at most 5 s for a free connection. */
function databaseAdapter(databaseUrl: string): SqlDriverAdapterFactory {
  return new PrismaPg({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
  });
}

/** Rather wait for a connection than fail: a burst holds all of them for moments only. In milliseconds. */
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 15_000 };

/** What every Prisma client of a subgraph is made with: its driver adapter, and how patient its transactions are. */
export function databaseOptions(databaseUrl: string) {
  return { adapter: databaseAdapter(databaseUrl), transactionOptions: TRANSACTION_LIMITS };
}
