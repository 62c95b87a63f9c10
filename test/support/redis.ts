import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../platform/free-port.ts';

/** A redis-server of its own that writes everything down, as the guide for operators asks for. */
export interface TestRedis {
  readonly url: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/** Whether this machine has a redis-server (Debian: `apt-get install redis-server`). */
export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Starts a redis-server on a free port and an empty folder. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'caregraph-redis-'));
  const port = await freePort();
  let server = await launch(folder, port);
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const isGone = once(server, 'exit');
    server.kill('SIGKILL');
    await isGone;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      server = await launch(folder, port);
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number): Promise<ChildProcess> {
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  const server = spawn('redis-server', ['--port', `${port}`, '--dir', folder, ...settings], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const printed: string[] = [];
  for await (const line of createInterface(server.stdout)) {
    printed.push(line);
    if (line.includes('Ready to accept connections')) break;
  }
  if (server.exitCode !== null || !printed.at(-1)?.includes('Ready')) throw new Error(printed.join('\n'));
  server.stdout.resume();
  return server;
}
