import { join } from 'node:path';
import { DATABASE_NAMES, databaseSetting, type DatabaseUrls } from './databases.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { migrateDatabase } from './migrate-database.ts';
import type { Environment } from './process-settings.ts';

/**
 * Finds a place for every database: where the environment says, else on a server of ours, which is started when any needs it
 * and keeps its data in `<dataFolder>/postgres`.
 */
export async function startDatabases(
  dataFolder: string,
  environment: Environment,
): Promise<{ readonly urls: DatabaseUrls; readonly server: EmbeddedPostgres | undefined }> {
  const isComplete = DATABASE_NAMES.every((name) => environment[databaseSetting(name)] !== undefined);
  const server = isComplete ? undefined : await startOwnServer(dataFolder);
  const urls = DATABASE_NAMES.map((name) => [name, environment[databaseSetting(name)] ?? server?.url(name)]);
  return { urls: Object.fromEntries(urls) as DatabaseUrls, server };
}

/** Whether the environment names no database. */
export function areAllOurs(environment: Environment): boolean {
  return DATABASE_NAMES.every((name) => environment[databaseSetting(name)] === undefined);
}

/** Migrates every database, from `<root>/prisma/<name>/migrations`; gives the number of migrations applied. */
export async function migrateAll(root: string, urls: DatabaseUrls): Promise<number> {
  const applied = await Promise.all(
    DATABASE_NAMES.map((name) => migrateDatabase(urls[name], join(root, 'prisma', name, 'migrations'))),
  );
  return applied.flat().length;
}

/** Starts the platform's own PostgreSQL, or adopts it. */
export function startOwnServer(dataFolder: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataFolder: join(dataFolder, 'postgres'),
    logFile: join(dataFolder, 'logs', 'postgres.log'),
  });
}
