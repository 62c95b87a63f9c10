import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { projectRoot } from '../platform/project-root.ts';
import { createTestDatabase, type TestDatabase } from '../test/support/postgres.ts';
import { SUBGRAPH_NAMES } from '../wire/names.ts';

jest.setTimeout(60_000);

const root = projectRoot(import.meta.url);
const cli = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build', 'index.js');

/** Runs Prisma's command line; gives its exit code and what it said. */
function prisma(folder: string, environment: Record<string, string>, ...argv: string[]) {
  return new Promise<{ code: number | string; said: string }>((resolve) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...environment };
    execFile(process.execPath, [cli, ...argv], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, said: stdout + stderr });
    });
  });
}

describe.each(SUBGRAPH_NAMES)('the migrations of %s', (name) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase(name);
  });
  afterAll(() => database.drop());

  it("lead to what the schema says, and Prisma's record of them is as Prisma keeps it", async () => {
    const environment = { SUBGRAPH: name, [`${name.toUpperCase()}_DATABASE_URL`]: database.url };
    const schema = `prisma/${name}/schema.prisma`;

    const diff = ['migrate', 'diff', '--from-config-datasource', '--to-schema', schema, '--exit-code'];
    expect(await prisma(root, environment, ...diff)).toMatchObject({ code: 0 });
    const { code, said } = await prisma(root, environment, 'migrate', 'status');
    expect([code, said]).toEqual([0, expect.stringContaining('Database schema is up to date!')]);
  });
});

describe('prisma migrate', () => {
  let folder: string;
  let database: TestDatabase;
  const environment = () => ({ PETS_DATABASE_URL: database.url, SUBGRAPH: 'pets' });

  beforeAll(async () => {
    database = await createTestDatabase('events');
    folder = mkdtempSync(join(tmpdir(), 'prisma-cli-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['scripts', 'prisma.config.ts', 'package.json']) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    mkdirSync(join(folder, 'prisma', 'pets', 'migrations', '001_init'), { recursive: true });
    const migration = 'CREATE TABLE "Pet" ("id" TEXT NOT NULL, CONSTRAINT "Pet_pkey" PRIMARY KEY ("id"));';
    writeFileSync(join(folder, 'prisma/pets/migrations/001_init/migration.sql'), migration);
    writeFileSync(join(folder, 'prisma/pets/migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  });

  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('dev writes the next migration from a changed schema, by way of a shadow database that it removes', async () => {
    const model = 'model Pet {\n  id String @id\n  age Int?\n}\n';
    writeFileSync(join(folder, 'prisma/pets/schema.prisma'), `datasource db {\n  provider = "postgresql"\n}\n${model}`);
    const unmigrated = Object.assign(new URL(database.url), {
      pathname: `${new URL(database.url).pathname}_pets`,
    }).href;
    const settings = { ...environment(), PETS_DATABASE_URL: unmigrated };

    const answer = await prisma(folder, settings, 'migrate', 'dev', '--name', 'age');

    expect(answer).toMatchObject({ code: 0 });
    const [, added = ''] = readdirSync(join(folder, 'prisma/pets/migrations')).filter(
      (name) => !name.endsWith('.toml'),
    );
    expect(readFileSync(join(folder, 'prisma/pets/migrations', added, 'migration.sql'), 'utf8')).toContain(
      'ALTER TABLE "Pet" ADD COLUMN     "age" INTEGER',
    );
    expect(await databasesLike(database.url, 'prisma_migrate_shadow_db%')).toEqual([]);
  });

  it('says that a server cannot be reached in the words of Prisma', async () => {
    const settings = { ...environment(), PETS_DATABASE_URL: 'postgresql://postgres:postgres@127.0.0.1:1/pets' };

    const { code, said } = await prisma(folder, settings, 'migrate', 'deploy');

    expect(code).toBe(1);
    expect(said).toContain('P1001');
  });
});

async function databasesLike(url: string, pattern: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE datname LIKE $1', [pattern]))
      .rows;
  } finally {
    await client.end();
  }
}
