import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testPostgresUrl } from '../test/support/postgres.ts';
import { migrateDatabase } from './migrate-database.ts';

describe('migrateDatabase', () => {
  let folder: string;
  let url: string;
  let database: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    database = `migrate_${Math.random().toString(36).slice(2)}`;
    url = Object.assign(new URL(await testPostgresUrl()), { pathname: `/${database}` }).href;
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await query(await testPostgresUrl(), `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  });

  const write = (name: string, sql: string) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  };

  it('creates the database and applies the migrations in the order of their names, then has nothing to do', async () => {
    write('002_fill', "INSERT INTO pets VALUES ('cat');");
    write('001_init', 'CREATE TABLE pets (name TEXT PRIMARY KEY);');

    const first = await migrateDatabase(url, folder);
    const second = await migrateDatabase(url, folder);

    expect(first).toEqual(['001_init', '002_fill']);
    expect(second).toEqual([]);
    expect(await query(url, 'SELECT name FROM pets')).toEqual([{ name: 'cat' }]);
  });

  it('applies only what is new', async () => {
    write('001_init', 'CREATE TABLE pets (name TEXT PRIMARY KEY);');
    await migrateDatabase(url, folder);
    write('002_age', 'ALTER TABLE pets ADD age INTEGER;');

    expect(await migrateDatabase(url, folder)).toEqual(['002_age']);
  });

  it('runs a body that holds semicolons between dollar signs as one statement', async () => {
    write('001_function', 'CREATE FUNCTION two() RETURNS int AS $$ BEGIN RETURN 1; RETURN 2; END $$ LANGUAGE plpgsql;');

    await migrateDatabase(url, folder);

    expect(await query(url, 'SELECT two()')).toEqual([{ two: 1 }]);
  });

  it('leaves nothing of a migration that fails, names it, and refuses to go on until it is resolved', async () => {
    write('001_broken', 'CREATE TABLE half (id INT); SELECT no_such_function();');

    await expect(migrateDatabase(url, folder)).rejects.toThrow('Migration 001_broken: function no_such_function()');
    await expect(migrateDatabase(url, folder)).rejects.toThrow('Migration 001_broken failed earlier');

    expect(await query(url, "SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    write('001_init', 'CREATE TABLE pets (name TEXT);');
    await migrateDatabase(url, folder);
    write('001_init', 'CREATE TABLE pets (name TEXT, age INT);');

    await expect(migrateDatabase(url, folder)).rejects.toThrow('Migration 001_init was changed after it was applied');
  });

  it('applies each migration once when four callers come at once', async () => {
    write('001_init', 'CREATE TABLE pets (name TEXT PRIMARY KEY);');
    write('002_fill', "INSERT INTO pets VALUES ('cat');");

    const results = await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(url, folder)));

    expect(results.flat().sort()).toEqual(['001_init', '002_fill']);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
