import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { build } from 'esbuild';
import pg from 'pg';
import { DATABASE_NAMES } from './databases.ts';
import { removeEmbeddedPostgres } from './embedded-postgres.ts';
import { projectRoot } from './project-root.ts';
import { waitUntil } from './wait-until.ts';

// The real platform, in a project folder of its own whose subgraphs, gateway and seed are a few lines each.
const service = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
const note = (what) => appendFileSync(process.env.MAIL_DIR + '/../story', what + ' ' + process.argv[1].split('/').slice(-2)[0] + '\\n');
createServer((request, response) => {
  if (request.url === '/crash') process.exit(9);
  response.end(JSON.stringify({ pid: process.pid, port: process.env.PORT, databases: Object.keys(process.env).filter((name) => name.endsWith('_DATABASE_URL')) }));
}).listen(Number(process.env.PORT), '127.0.0.1', () => note('start'));
process.once('SIGTERM', () => { note('stop'); if (!process.env.STUBBORN) process.exit(0); });
`;
const seed = `
import pg from 'pg';
const client = new pg.Client({ connectionString: process.env.USERS_DATABASE_URL });
await client.connect();
const { rowCount } = await client.query("INSERT INTO people VALUES ('ada') ON CONFLICT DO NOTHING");
await client.end();
if (process.env.SEED_FAILS) { console.error('no seed today'); process.exit(4); }
console.log(rowCount ? 'sown' : 'kept');
`;

jest.setTimeout(180_000);

interface Addresses {
  gatewayUrl: string;
  subgraphUrls: Record<string, string>;
  databaseUrls: Record<string, string>;
}

describe('npm start', () => {
  let root: string;
  let running: ChildProcess | undefined;
  let output = '';

  const data = (...path: string[]) => join(root, '.data', ...path);
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'platform-'));
    chmodSync(root, 0o755);
    const project = projectRoot(import.meta.url);
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'));
    write('package.json', '{ "type": "module" }');
    write('dist/gateway/main.js', service);
    write('dist/prisma/seed/main.js', seed);
    for (const name of DATABASE_NAMES) {
      write(`dist/subgraphs/${name}/main.js`, service);
      write(`prisma/${name}/migrations/001_init/migration.sql`, 'CREATE TABLE people (name TEXT PRIMARY KEY);');
    }
    await build({
      absWorkingDir: project,
      entryPoints: ['platform/main.ts', 'platform/exit-with-parent.ts'],
      outdir: join(root, 'dist', 'platform'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    });
  });

  afterEach(async () => {
    if (running && running.exitCode === null && running.signalCode === null) {
      running.kill('SIGKILL');
      await once(running, 'exit');
    }
    await removeEmbeddedPostgres(data('postgres'));
    rmSync(data(), { recursive: true, force: true });
  });

  afterAll(() => rmSync(root, { recursive: true }));

  const launch = (argv: string[] = [], environment: Record<string, string> = {}) => {
    output = '';
    const ports = ['--port', '0', '--subgraph-port', '0'];
    const child = spawn(process.execPath, [join(root, 'dist/platform/main.js'), ...ports, ...argv], {
      cwd: root,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    running = child;
    return child;
  };
  const ready = async (): Promise<Addresses> => {
    const isReady = () => /ready in [\d.]+ s\n/.test(output);
    const isOver = () => running?.exitCode !== null || running.signalCode !== null;
    await waitUntil(() => isReady() || isOver(), 60_000);
    if (!isReady()) throw new Error(`the platform did not get ready:\n${output}`);
    return JSON.parse(readFileSync(data('platform.json'), 'utf8')) as Addresses;
  };
  const exit = async (child: ChildProcess) => {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  const ask = async (url: string) => (await fetch(url)).json() as Promise<{ pid: number; databases: string[] }>;
  const pidsOf = async ({ gatewayUrl, subgraphUrls }: Addresses) =>
    (await Promise.all([gatewayUrl.replace('localhost', '127.0.0.1'), ...Object.values(subgraphUrls)].map(ask))).map(
      ({ pid }) => pid,
    );
  const postgresPid = () => Number(readFileSync(data('postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

  it('brings everything up in order, and Ctrl-C takes it down in the opposite one and leaves no process', async () => {
    const platform = launch();
    const addresses = await ready();
    const pids = [...(await pidsOf(addresses)), postgresPid()];

    platform.kill('SIGINT');
    platform.kill('SIGINT'); // npm passes it on a second time

    expect(await exit(platform)).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    const story = readFileSync(data('story'), 'utf8').trim().split('\n');
    expect(story.slice(0, 6).every((line) => line.startsWith('start') && !line.endsWith('gateway'))).toBe(true);
    expect(story.slice(6, 8)).toEqual(['start gateway', 'stop gateway']);
    expect(story.slice(8).every((line) => line.startsWith('stop'))).toBe(true);
    expect(story).toHaveLength(14);
    expect(output).toMatch(
      /PostgreSQL .*databases +7, 7 migrations applied .*seed data +sown .*subgraphs .*gateway .*ready in/s,
    );
    expect(output).toContain('patient@example.com');
    expect(existsSync(data('platform.json'))).toBe(false);
  });

  it('keeps the data from start to start, and begins anew with --reset', async () => {
    const first = launch();
    await ready();
    first.kill('SIGTERM');
    await exit(first);

    const second = launch();
    await ready();
    expect(output).toMatch(/7, up to date .*seed data +kept/s);
    second.kill('SIGTERM');
    await exit(second);

    launch(['--reset']);
    await ready();
    expect(output).toMatch(/7, 7 migrations applied .*seed data +sown/s);
  });

  it('starts a subgraph that crashed again, and says so', async () => {
    launch();
    const { subgraphUrls } = await ready();
    const before = await ask(subgraphUrls['doctors'] ?? '');

    await expect(ask(new URL('/crash', subgraphUrls['doctors']).href)).rejects.toThrow();

    expect(await waitUntil(() => output.includes('! doctors is back'), 30_000)).toBe(true);
    expect(output).toContain('! doctors ended with exit code 9; it is started again');
    expect((await ask(subgraphUrls['doctors'] ?? '')).pid).not.toBe(before.pid);
  });

  it('leaves no process of its own when it is killed, and adopts PostgreSQL at the next start', async () => {
    const killed = launch();
    const addresses = await ready();
    const pids = await pidsOf(addresses);
    const postgres = postgresPid();

    killed.kill('SIGKILL');
    await exit(killed);

    expect(await waitUntil(() => !pids.some(isAlive), 30_000)).toBe(true);
    launch();
    await ready();
    expect(output).toContain('was running');
    expect(postgresPid()).toBe(postgres);
  });

  it('starts PostgreSQL again when it was killed, on the same port, and says so', async () => {
    const platform = launch();
    const { databaseUrls } = await ready();
    const killed = postgresPid();

    process.kill(killed, 'SIGKILL');

    expect(await waitUntil(() => output.includes('! PostgreSQL is back\n'), 30_000)).toBe(true);
    expect(output).toContain('! PostgreSQL has ended; it is started again');
    expect(postgresPid()).not.toBe(killed);
    expect(await count(databaseUrls['users'] ?? '')).toBe(1);
    platform.kill('SIGTERM');
    expect(await exit(platform)).toBe(0);
    expect(existsSync(data('postgres', 'postmaster.pid'))).toBe(false);
  });

  it('touches nothing in a data folder on which another platform runs', async () => {
    launch();
    const { gatewayUrl } = await ready();
    const first = running;
    const postgres = postgresPid();

    const second = launch(['--reset']);

    expect(await exit(second)).toBe(1);
    expect(output).toMatch(/Another platform \(process \d+\) runs on .*--data DIR/);
    expect(postgresPid()).toBe(postgres);
    expect((await fetch(gatewayUrl.replace('localhost', '127.0.0.1'))).ok).toBe(true);
    running = first;
  });

  it('ends processes that do not stop when asked at once on a second Ctrl-C', async () => {
    const platform = launch([], { STUBBORN: '1' });
    const pids = await pidsOf(await ready());

    const exited = exit(platform);
    const pressCtrlC = () => !platform.kill('SIGINT');
    await waitUntil(pressCtrlC, 4_000, 200);

    expect(await exited).toBe(130);
    expect(await waitUntil(() => !pids.some(isAlive), 30_000)).toBe(true);
  });

  it('stops in the middle of a start', async () => {
    const platform = launch();
    await waitUntil(() => output.includes('PostgreSQL'), 30_000);
    const postgres = postgresPid();

    platform.kill('SIGTERM');

    expect(await exit(platform)).toBe(0);
    expect(isAlive(postgres)).toBe(false);
    expect(output).not.toContain('ready in');
  });

  it('stops what it has started when a stage fails, and shows why', async () => {
    const platform = launch([], { SEED_FAILS: '1' });

    expect(await exit(platform)).toBe(1);
    expect(output).toMatch(/seed failed with exit code 4 \(log: .*seed\.log\)\n {4}no seed today/);
    expect(existsSync(data('postgres', 'postmaster.pid'))).toBe(false);
  });

  it('starts nothing when a port is in use or an option is unknown', async () => {
    launch();
    const { gatewayUrl } = await ready();
    const first = running;
    const { port } = new URL(gatewayUrl);

    const second = launch(['--port', port, '--data', join(root, 'other')]);
    expect(await exit(second)).toBe(1);
    expect(output).toContain(`Port ${port} is in use`);
    expect(existsSync(join(root, 'other'))).toBe(false);

    const third = launch(['--fast']);
    expect(await exit(third)).toBe(1);
    expect(output).toContain("Unknown option '--fast'");
    running = first;
  });

  it('uses databases that the environment names, and no server of its own', async () => {
    launch();
    const { databaseUrls } = await ready();
    const first = running;
    const given = Object.entries(databaseUrls).map(([name, url]) => [`${name.toUpperCase()}_DATABASE_URL`, `${url}_2`]);

    const second = launch(['--data', join(root, 'other')], Object.fromEntries(given) as Record<string, string>);
    await waitUntil(() => output.includes('ready in') || second.exitCode !== null, 30_000);

    expect(output).toMatch(/PostgreSQL +as the environment says/);
    expect(existsSync(join(root, 'other', 'postgres'))).toBe(false);
    expect(await count(`${databaseUrls['users'] ?? ''}_2`)).toBe(1);
    second.kill('SIGTERM');
    await exit(second);
    rmSync(join(root, 'other'), { recursive: true });
    running = first;
  });
});

async function count(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query('SELECT name FROM people');
  await client.end();
  return rowCount ?? 0;
}

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
