import { PrismaPg } from '@prisma/adapter-pg';

/** What a Prisma client that seeds is made with: on a busy machine a seed is slow rather than failed. Limits in milliseconds. */
export function seedOptions(databaseUrl: string) {
  return {
    adapter: new PrismaPg({ connectionString: databaseUrl, max: 2 }),
    transactionOptions: { maxWait: 60_000, timeout: 120_000 },
  };
}
