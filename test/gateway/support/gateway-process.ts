import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A gateway in a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Resolves with the exit code; null after a signal. */
  readonly exited: Promise<number | null>;
  readonly printed: () => string;
}

/** Writes a supergraph into a folder of its own; `remove` removes it. */
export async function supergraphFile(sdl: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  const path = join(folder, 'supergraph.graphql');
  await writeFile(path, sdl);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Starts a gateway, and waits until it serves. Throws with what it printed when it ends before. `modules` are loaded into its process
 * before it, and have a channel to this one.
 */
export async function startGatewayProcess(
  supergraph: string,
  env: Readonly<Record<string, string>>,
  port: number,
  modules: readonly string[] = [],
): Promise<GatewayProcess> {
  const imports = ['tsx', ...modules].flatMap((module) => ['--import', module]);
  const args = [...imports, 'gateway/main.ts', '--supergraph', supergraph, '--port', `${port}`];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(modules.length > 0 ? (['ipc'] as const) : [])],
  });
  const exited = once(child, 'close').then(([code]) => code as number | null);
  let printed = '';
  const serves = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes('the gateway answers at')) resolve();
      });
  });
  const outcome = await Promise.race([serves.then(() => 'serves'), exited.then(() => 'ended')]);
  if (outcome === 'ended') throw new Error(`the gateway did not start:\n${printed}`);
  return { url: `http://127.0.0.1:${port}`, child, exited, printed: () => printed };
}
