import { createConnection } from 'node:net';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import type { EventSettings } from '../../events/bus-settings.ts';
import { migrateDatabase } from '../../platform/migrate-database.ts';
import { projectRoot } from '../../platform/project-root.ts';
import type { SubgraphName } from '../../wire/names.ts';

/** SQLSTATE of a database that others are connected to. */
const OBJECT_IN_USE = '55006';

export interface TestDatabase {
  readonly url: string;
  /** Deletes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** The connection string of the PostgreSQL that serves this run of the tests, database `postgres`. */
export async function testPostgresUrl(): Promise<string> {
  const answer = await text(createConnection(Number(process.env['TEST_POSTGRES_DOOR']), '127.0.0.1'));
  const { url, error } = JSON.parse(answer) as { url?: string; error?: string };
  if (url === undefined) throw new Error(error ?? 'no PostgreSQL for the tests');
  return url;
}

/**
 * A fresh database with all migrations of `prisma/<name>/migrations` applied, for one suite: a copy of a template that is
 * migrated once in a run. Drop it in `afterAll`, after the clients that use it have been closed.
 */
export async function createTestDatabase(name: SubgraphName | 'events'): Promise<TestDatabase> {
  const server = await testPostgresUrl();
  const template = `template_${name}`;
  const database = `test_${name}_${randomBytes(6).toString('hex')}`;

  await withClient(server, async (client) => {
    // Two workers that come at once: the second waits until the template is complete.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [
      template,
    ]);
    if (rowCount === 0) {
      await migrateDatabase(urlOf(server, template), join(projectRoot(import.meta.url), 'prisma', name, 'migrations'));
      await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
    }
    await client.query(`CREATE DATABASE ${database} TEMPLATE ${template}`);
  });

  return {
    url: urlOf(server, database),
    drop: () => withClient(server, (client) => dropDatabase(client, database)),
  };
}

/** What a subgraph is told of its event bus when an `events` database is one. */
export function eventSettings(connectionString: string): EventSettings {
  return { address: { kind: 'postgres', connectionString }, retentionMs: 24 * 60 * 60 * 1000 };
}

/**
 * Connections of a pool that has just been ended may still be saying goodbye, and one that is cut off in that moment fails with
 * nobody to hear it. PostgreSQL waits five seconds for them by itself; who is there even then is thrown out.
 */
async function dropDatabase(client: pg.Client, database: string): Promise<void> {
  try {
    await client.query(`DROP DATABASE IF EXISTS ${database}`);
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError) || cause.code !== OBJECT_IN_USE) throw cause;
    await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }
}

function urlOf(server: string, database: string): string {
  return Object.assign(new URL(server), { pathname: `/${database}` }).href;
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
