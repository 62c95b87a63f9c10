import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { reachableDataFolder } from './postgres/reachable-folder.ts';
import { postgresAccount } from './postgres/account.ts';
import { waitUntil } from './wait-until.ts';

describe('startEmbeddedPostgres', () => {
  let folder: string;
  const start = () =>
    startEmbeddedPostgres({
      dataFolder: join(folder, 'postgres'),
      logFile: join(folder, 'log'),
      settings: { fsync: 'off' },
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postgres-test-'));
    chmodSync(folder, 0o755);
  });

  afterEach(async () => {
    await removeEmbeddedPostgres(join(folder, 'postgres'));
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps data and port over a stop, and leaves no process', async () => {
    const first = await start();
    await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 7 AS seven');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();

    expect(second).toMatchObject({ port: first.port, isAdopted: false });
    expect(await query(second.url('postgres'), 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
  });

  it('adopts the server that is still running, and can stop it', async () => {
    const left = await start();

    const adopted = await start();
    expect(adopted).toMatchObject({ pid: left.pid, port: left.port, isAdopted: true });

    await adopted.stop();
    expect(await waitUntil(() => !isAlive(left.pid), 30_000)).toBe(true); // it is this process that collects it
  });

  it('recovers from a server that was killed and left its pid file', async () => {
    const killed = await start();
    await query(killed.url('postgres'), 'CREATE TABLE kept AS SELECT 7 AS seven');
    process.kill(killed.pid, 'SIGKILL');
    expect(await waitUntil(() => !isAlive(killed.pid), 30_000)).toBe(true);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(true);

    const recovered = await start();

    expect(recovered.isAdopted).toBe(false);
    expect(await query(recovered.url('postgres'), 'SELECT seven FROM kept')).toEqual([{ seven: 7 }]);
  });

  it('is not misled by a pid file whose pid belongs to another program now', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n/x\n1\n${first.port}\n\n\n1 1\nready\n`);

    expect((await start()).isAdopted).toBe(false);
  });

  it('makes a whole new cluster where an earlier start was interrupted', async () => {
    mkdirSync(join(folder, 'postgres.unfinished'));
    writeFileSync(join(folder, 'postgres.unfinished', 'PG_VERSION'), '18\n');

    const server = await start();

    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(folder, 'postgres.unfinished'))).toBe(false);
  });

  it('says what PostgreSQL said when it does not start', async () => {
    const dataFolder = join(folder, 'postgres');
    const settings = { no_such_setting: '1' };

    const starting = startEmbeddedPostgres({ dataFolder, logFile: join(folder, 'log'), settings });

    await expect(starting).rejects.toThrow(
      /did not start on .*unrecognized configuration parameter "no_such_setting"/s,
    );
  });

  it('refuses data of another major version and leaves it alone', async () => {
    await (await start()).stop();
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '12\n');

    await expect(start()).rejects.toThrow('was made by PostgreSQL 12');

    expect(readFileSync(join(folder, 'postgres', 'PG_VERSION'), 'utf8')).toBe('12\n');
  });

  it('keeps the data where the account of PostgreSQL can reach it', () => {
    chmodSync(folder, 0o700);

    const place = reachableDataFolder(join(folder, 'postgres'), postgresAccount());

    const isRoot = process.getuid?.() === 0;
    expect(place.startsWith(folder)).toBe(!isRoot);
    expect(reachableDataFolder(join(folder, 'postgres'), postgresAccount())).toBe(place);
    if (isRoot) rmSync(join(place, '..'), { recursive: true });
    chmodSync(folder, 0o755);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return (
    !existsSync('/proc/self') || readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false
  );
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
