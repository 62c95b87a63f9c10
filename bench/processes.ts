import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const canPin = cpus().length > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** Starts node with arguments, on the first core where `isMeasured`, else on the others; environment settings are for production. */
export function startNode(args: readonly string[], isMeasured: boolean): ChildProcess {
  const environment = { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'error' };
  const command = [process.execPath, ...args];
  const cores = isMeasured ? '0' : `1-${cpus().length - 1}`;
  const [program = '', ...rest] = canPin ? ['taskset', '-c', cores, ...command] : command;
  return spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: environment });
}

/** Keeps this process, which sends the load, off the measured core. */
export function pinLoad(): void {
  if (canPin) spawnSync('taskset', ['-cp', `1-${cpus().length - 1}`, String(process.pid)]);
}

/** Waits until a gateway answers a query; throws when it does not within 20 s. */
export async function untilServing(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    }).catch(() => undefined);
    if (response?.ok === true) return;
    await delay(100);
  }
  throw new Error(`${url} does not answer`);
}

/** Stops a process and waits for its end. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
