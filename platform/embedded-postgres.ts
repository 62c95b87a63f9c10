import { spawn, spawnSync } from 'node:child_process';
import { chownSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isPortFree } from './free-port.ts';
import { postgresAccount, type Account } from './postgres/account.ts';
import { bundledBinaries, type PostgresBinaries } from './postgres/binaries.ts';
import { giveFolder, reachableBinaries, reachableDataFolder } from './postgres/reachable-folder.ts';
import { abandonServer, isPostgres, runningServer, stopServer, type RunningServer } from './postgres/running-server.ts';
import { waitUntil } from './wait-until.ts';

/** Where the server keeps its data and its log, and its settings (`postgres -c name=value`). */
export interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  readonly logFile: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** How long a start may take, in milliseconds. */
  readonly patienceMs?: number;
}

/** A PostgreSQL server of this machine; `isAdopted` says that it was running before. */
export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  readonly isAdopted: boolean;
  /** Whether its process is there. */
  isRunning(): boolean;
  /** The connection string of one of its databases. */
  url(database: string): string;
  /** Ends every connection and stops the server, adopted or not. */
  stop(): Promise<void>;
  /** Ends it at once; it recovers at the next start. */
  kill(): void;
}

interface Installation {
  readonly binaries: PostgresBinaries;
  readonly account: Account;
  readonly folder: string;
}

const fixedSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
};

/**
 * Starts PostgreSQL on a data folder, which it makes when needed, or adopts the server that a killed process left running
 * on it. The server listens on 127.0.0.1 only, on the port that it had the last time if that is free; user and password are
 * `postgres`. Works as root (see `postgresAccount`). Throws with PostgreSQL's own words when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = postgresAccount();
  const binaries = reachableBinaries(bundledBinaries(), account);
  const folder = reachableDataFolder(options.dataFolder, account);
  const installation = { binaries, account, folder };

  const running = await settledServer(folder, options.patienceMs ?? 30_000);
  if (running) return handle(running, true);

  if (!existsSync(join(folder, 'PG_VERSION'))) createCluster(installation);
  assertVersion(installation);
  return handle(await launch(installation, options), false);
}

/** Stops the server of a data folder, if there is one, and deletes the folder. */
export async function removeEmbeddedPostgres(dataFolder: string): Promise<void> {
  const folder = reachableDataFolder(dataFolder, postgresAccount());
  const running = runningServer(folder);
  if (running) await stopServer(running.pid);
  rmSync(folder, { recursive: true, force: true });
}

function handle(server: RunningServer, isAdopted: boolean): EmbeddedPostgres {
  return {
    port: server.port,
    pid: server.pid,
    isAdopted,
    isRunning: () => isPostgres(server.pid),
    url: (database) => `postgresql://postgres:postgres@127.0.0.1:${server.port}/${encodeURIComponent(database)}`,
    stop: () => stopServer(server.pid),
    kill: () => abandonServer(server.pid),
  };
}

/** Waits out a server that is just starting or stopping. */
async function settledServer(folder: string, patienceMs: number): Promise<RunningServer | undefined> {
  let server: RunningServer | undefined;
  const isSettled = await waitUntil(() => {
    server = runningServer(folder);
    return server === undefined || server.isReady;
  }, patienceMs);
  if (isSettled) return server;
  throw new Error(`PostgreSQL (process ${server?.pid ?? 'unknown'}) on ${folder} neither becomes ready nor ends.`);
}

/** The cluster is made beside its place and then renamed, so that an interrupted start leaves nothing half made. */
function createCluster({ binaries, account, folder }: Installation): void {
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${unfinished}.password`;
  for (const path of [unfinished, folder]) rmSync(path, { recursive: true, force: true });
  giveFolder(unfinished, account);
  writeFileSync(passwordFile, 'postgres\n', { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);

  const flags = [`--pgdata=${unfinished}`, '--username=postgres', '--auth=password', `--pwfile=${passwordFile}`];
  // The built-in locale sorts and folds alike on every machine; the files are synced by the first checkpoint.
  const locale = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-sync',
  ];
  const result = spawnSync(binaries.initdb, [...flags, ...locale], { ...account, encoding: 'utf8' });
  rmSync(passwordFile);
  if (result.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL could not create its data in ${folder}: ${result.error?.message ?? result.stderr.trim()}`,
    );
  }
  renameSync(unfinished, folder);
}

function assertVersion({ binaries, folder }: Installation): void {
  const made = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  const output = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8' }).stdout;
  const bundled = /(\d+)/.exec(output)?.[1];
  if (made !== bundled) {
    throw new Error(
      `The data in ${folder} was made by PostgreSQL ${made}, and this is ${bundled ?? 'unknown'}: reset it.`,
    );
  }
}

async function launch(installation: Installation, options: EmbeddedPostgresOptions): Promise<RunningServer> {
  const patienceMs = options.patienceMs ?? 30_000;
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const attempt = await launchOnce(installation, options, patienceMs);
    if (typeof attempt !== 'string') return attempt;
    // After a kill, the old server's workers take a moment to notice; until then their memory blocks a new server.
    const isWorthRetrying = attempt.includes('shared memory block') && performance.now() < deadline;
    if (!isWorthRetrying) throw new Error(`PostgreSQL did not start on ${installation.folder}: ${attempt}`);
    await waitUntil(() => false, 200);
  }
}

/** Starts the server process; returns it when it is ready, or what it said before it ended. */
async function launchOnce(
  { binaries, account, folder }: Installation,
  options: EmbeddedPostgresOptions,
  patienceMs: number,
): Promise<RunningServer | string> {
  const port = await choosePort(folder);
  const settings = Object.entries({ ...fixedSettings, ...options.settings });
  const flags = ['-D', folder, '-p', `${port}`, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  rmSync(join(folder, 'postmaster.pid'), { force: true }); // `settledServer` found that nobody stands behind it

  const log = openSync(options.logFile, 'a+');
  const logStart = readFileSync(log).length;
  // In a session of its own: a Ctrl-C in the terminal must not stop the server before those who use it.
  const child = spawn(binaries.postgres, flags, { ...account, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let ending: string | undefined;
  child.once('error', (error) => (ending = error.message));
  child.once('exit', (code, signal) => (ending ??= `it ended with ${code ?? signal ?? 'no code'}`));
  child.unref();

  let server: RunningServer | undefined;
  await waitUntil(() => {
    server = runningServer(folder);
    return server?.isReady === true || ending !== undefined;
  }, patienceMs);
  if (server?.isReady === true && ending === undefined) return rememberPort(folder, server);

  const said = readFileSync(options.logFile).subarray(logStart).toString().trim();
  if (ending === undefined && child.pid !== undefined) await stopServer(child.pid);
  return `${ending ?? `not ready after ${patienceMs} ms`}\n${said}`;
}

/** The port of the last time, so that saved connection strings stay valid; another when somebody else has it. */
async function choosePort(folder: string): Promise<number> {
  const remembered = existsSync(`${folder}.port`) ? Number(readFileSync(`${folder}.port`, 'utf8')) : 0;
  return remembered > 0 && (await isPortFree(remembered)) ? remembered : freePort();
}

function rememberPort(folder: string, server: RunningServer): RunningServer {
  writeFileSync(`${folder}.port`, `${server.port}\n`);
  return server;
}
