import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SUBGRAPH_NAMES } from '../wire/names.ts';
import { claimDataFolder } from './claim-data-folder.ts';
import { DATABASE_NAMES, type DatabaseUrls } from './databases.ts';
import { removeEmbeddedPostgres } from './embedded-postgres.ts';
import type { PlatformOptions } from './options.ts';
import { assertPortsFree, choosePorts, type PlatformPorts } from './ports.ts';
import { processSettings, type Environment, type ProcessSettings } from './process-settings.ts';
import { runToEnd } from './run-to-end.ts';
import { loadSecrets } from './secrets.ts';
import { areAllOurs, migrateAll, startDatabases, startOwnServer } from './start-databases.ts';
import type { StopStack } from './stop-stack.ts';
import { SupervisedProcess, type ProcessSpec } from './supervised-process.ts';
import { watchPostgres } from './watch-postgres.ts';

export interface StartPlatform {
  readonly options: PlatformOptions;
  readonly root: string;
  readonly environment: Environment;
  /** Filled as things start, so that the caller can stop them at any time. */
  readonly stack: StopStack;
  /** Aborted when the start is to go no further. */
  readonly signal: AbortSignal;
  /** Shows that a stage is done: its name, what came of it, and how long it took. */
  readonly progress: (stage: string, outcome: string, ms: number) => void;
  /** Shows what an operator must know. */
  readonly report: (message: string) => void;
}

/** A platform that is ready. */
export interface Platform {
  readonly gatewayUrl: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly databaseUrls: DatabaseUrls;
}

/**
 * Brings everything up, stage by stage: PostgreSQL, the databases with their migrations, the seed data, the subgraphs, the
 * gateway. Leaves `platform.json` with the addresses in the data folder. Throws when a stage fails; what was started by then
 * is on the stack.
 */
export async function startPlatform(start: StartPlatform): Promise<Platform> {
  const { options, root } = start;
  const ports = await choosePorts(options);
  await assertPortsFree(ports);
  const letGo = claimDataFolder(options.dataFolder);
  start.stack.push({ name: 'data folder', stop: async () => letGo(), kill: letGo });
  if (options.isReset) await removeData(options.dataFolder);
  prepareFolders(options.dataFolder);
  const secrets = await loadSecrets(join(options.dataFolder, 'keys'));

  const databaseUrls = await stage(start, 'PostgreSQL', () => findDatabases(start));
  const migrationCount = await stage(start, 'databases', () => migrate(root, databaseUrls));
  const { dataFolder } = options;
  const settings = processSettings({ root, dataFolder, ports, secrets, databaseUrls, inherited: start.environment });
  await stage(start, 'seed data', () => seed(start, settings, migrationCount > 0));
  await stage(start, 'subgraphs', () => startSubgraphs(start, settings, ports));
  await stage(start, 'gateway', () => startGateway(start, settings, ports));
  return publishAddresses(start, ports, databaseUrls);
}

/** What a stage gives: its result, and the words for its progress line. */
interface Outcome<T> {
  readonly result: T;
  readonly words: string;
}

async function stage<T>(start: StartPlatform, name: string, work: () => Promise<Outcome<T>>): Promise<T> {
  start.signal.throwIfAborted();
  const begin = performance.now();
  const { result, words } = await work();
  start.progress(name, words, performance.now() - begin);
  return result;
}

function prepareFolders(dataFolder: string): void {
  for (const name of ['logs', 'mail']) mkdirSync(join(dataFolder, name), { recursive: true, mode: 0o700 });
}

/** What the seed made, and what was made of it since: the databases and the mails. The keys stay. */
async function removeData(dataFolder: string): Promise<void> {
  await removeEmbeddedPostgres(join(dataFolder, 'postgres'));
  for (const name of ['mail', 'postgres.seeded']) rmSync(join(dataFolder, name), { recursive: true, force: true });
}

/** The seed looks for itself what is empty; when it has done so for these very tables, it need not be started again. */
async function seed(
  start: StartPlatform,
  settings: ProcessSettings,
  hasNewTables: boolean,
): Promise<Outcome<undefined>> {
  const marker = join(start.options.dataFolder, 'postgres.seeded');
  const isOurServer = areAllOurs(start.environment);
  if (isOurServer && !hasNewTables && existsSync(marker)) return { result: undefined, words: 'kept' };
  const run = runToEnd(specOf(start, settings, 'seed', 'prisma/seed/main.js'));
  start.stack.push({ name: 'seed', stop: run.stop, kill: run.kill });
  const words = await run.result;
  if (isOurServer) writeFileSync(marker, '');
  return { result: undefined, words };
}

async function findDatabases(start: StartPlatform): Promise<Outcome<DatabaseUrls>> {
  const { dataFolder } = start.options;
  const { urls, server } = await startDatabases(dataFolder, start.environment);
  if (!server) return { result: urls, words: 'as the environment says' };
  start.stack.push(watchPostgres(server, { restart: () => startOwnServer(dataFolder), report: start.report }));
  return { result: urls, words: `127.0.0.1:${server.port}${server.isAdopted ? ', was running' : ''}` };
}

async function migrate(root: string, urls: DatabaseUrls): Promise<Outcome<number>> {
  const count = await migrateAll(root, urls);
  const words = count === 0 ? 'up to date' : `${count} ${count === 1 ? 'migration' : 'migrations'} applied`;
  return { result: count, words: `${DATABASE_NAMES.length}, ${words}` };
}

async function startSubgraphs(
  start: StartPlatform,
  settings: ProcessSettings,
  ports: PlatformPorts,
): Promise<Outcome<undefined>> {
  const processes = SUBGRAPH_NAMES.map((name) => {
    const readyUrl = `http://127.0.0.1:${ports.subgraphs[name]}/health/ready`;
    return supervise(start, { ...specOf(start, settings, name, `subgraphs/${name}/main.js`), readyUrl });
  });
  start.stack.push(...processes);
  await Promise.all(processes.map((process) => process.start()));
  return { result: undefined, words: SUBGRAPH_NAMES.map((name) => `${name} ${ports.subgraphs[name]}`).join(', ') };
}

async function startGateway(
  start: StartPlatform,
  settings: ProcessSettings,
  ports: PlatformPorts,
): Promise<Outcome<undefined>> {
  const readyUrl = `http://127.0.0.1:${ports.gateway}/health/ready`;
  const gateway = supervise(start, { ...specOf(start, settings, 'gateway', 'gateway/main.js'), readyUrl });
  start.stack.push(gateway);
  await gateway.start();
  return { result: undefined, words: `port ${ports.gateway}` };
}

function supervise(start: StartPlatform, spec: ProcessSpec): SupervisedProcess {
  return new SupervisedProcess(spec, start.report);
}

function specOf(
  { root, options }: StartPlatform,
  settings: ProcessSettings,
  name: Parameters<ProcessSettings['of']>[0],
  script: string,
): Omit<ProcessSpec, 'readyUrl'> {
  const path = join(root, 'dist', script);
  if (!existsSync(path)) throw new Error(`dist/${script} is missing: run \`npm run build\`.`);
  const endWithUs = pathToFileURL(join(root, 'dist', 'platform', 'exit-with-parent.js')).href;
  const logFile = join(options.dataFolder, 'logs', `${name}.log`);
  writeFileSync(logFile, ''); // the log of this start, not of all
  const nodeArguments = ['--enable-source-maps', '--import', endWithUs, path];
  return { name, nodeArguments, folder: root, environment: settings.of(name), logFile };
}

function publishAddresses(
  { options, stack }: StartPlatform,
  ports: PlatformPorts,
  databaseUrls: DatabaseUrls,
): Platform {
  const urls = SUBGRAPH_NAMES.map((name) => [name, `http://127.0.0.1:${ports.subgraphs[name]}/graphql`]);
  const platform = {
    gatewayUrl: `http://localhost:${ports.gateway}`,
    subgraphUrls: Object.fromEntries(urls) as Record<string, string>,
    databaseUrls,
  };
  const path = join(options.dataFolder, 'platform.json');
  const remove = () => rmSync(path, { force: true });
  remove(); // a file that was there would keep its mode
  writeFileSync(path, `${JSON.stringify(platform, null, 2)}\n`, { mode: 0o600 });
  stack.push({ name: 'platform.json', stop: async () => remove(), kill: remove });
  return platform;
}
