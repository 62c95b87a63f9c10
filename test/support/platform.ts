import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A whole platform in processes of its own, as `npm start` runs it, on free ports and fresh seed data. */
export interface TestPlatform {
  /** Where the gateway serves: no path, no slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly databaseUrls: Readonly<Record<string, string>>;
  /** The process that runs all the others. */
  readonly pid: number;
  /** Resolves with the exit code when that process ends. */
  readonly exited: Promise<number | null>;
  /** Stops every process and removes the data. */
  stop(): Promise<void>;
}

/** Starts the platform, with settings beside its own. Throws with what it printed when it does not become ready. */
export async function startPlatform(settings: Readonly<Record<string, string>> = {}): Promise<TestPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'caregraph-platform-'));
  chmodSync(dataDir, 0o755); // PostgreSQL runs as another user when we are root
  const args = [
    '--enable-source-maps',
    'dist/platform/main.js',
    '--port',
    '0',
    '--subgraph-port',
    '0',
    '--data',
    dataDir,
  ];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings },
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let printed = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (/^ready in /m.test(printed)) resolve();
      });
    }
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await exited;
    }
    rmSync(dataDir, { recursive: true, force: true });
  };

  const outcome = await Promise.race([ready.then(() => 'ready'), exited.then(() => 'exited')]);
  if (outcome === 'exited') {
    await stop();
    throw new Error(`the platform did not start:\n${printed}`);
  }
  const { gatewayUrl, subgraphUrls, databaseUrls } = JSON.parse(
    readFileSync(join(dataDir, 'platform.json'), 'utf8'),
  ) as {
    gatewayUrl: string;
    subgraphUrls: Record<string, string>;
    databaseUrls: Record<string, string>;
  };
  return { url: gatewayUrl, dataDir, subgraphUrls, databaseUrls, pid: child.pid ?? 0, exited, stop };
}
