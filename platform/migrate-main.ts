import { join } from 'node:path';
import { DATABASE_NAMES, databaseSetting } from './databases.ts';
import { migrateDatabase } from './migrate-database.ts';
import { projectRoot } from './project-root.ts';

// Migrates every database of the platform, where the environment says that it is: for deployments without the embedded one.
const root = projectRoot(import.meta.url);
for (const name of DATABASE_NAMES) {
  const url = process.env[databaseSetting(name)] ?? `postgresql://postgres:postgres@127.0.0.1:5432/${name}`;
  const applied = await migrateDatabase(url, join(root, 'prisma', name, 'migrations'));
  console.log(`${name}: ${applied.length === 0 ? 'up to date' : applied.join(', ')}`);
}
