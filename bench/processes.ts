import { spawn, spawnSync, type ChildProcess, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const canPin = cpus().length > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const PROBE = './dist/bench/probe.js';
const START_TIMEOUT_MS = 60_000;

/** The core of what is measured, those of load and subgraphs, or both. */
export type Cores = 'measured' | 'others' | 'all';

const CORES: Readonly<Record<Cores, string>> = {
  measured: '0',
  others: `1-${cpus().length - 1}`,
  all: `0-${cpus().length - 1}`,
};

/**
 * Starts node with arguments and the probe on some of the cores, where they can be chosen; environment settings are for production,
 * and those that are given.
 */
export function startNode(
  args: readonly string[],
  cores: Cores,
  more: Readonly<Record<string, string>> = {},
): ChildProcess {
  const production = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', LOG_LEVEL: 'error' };
  const environment = { ...process.env, ...production, ...more };
  const command = [process.execPath, '--import', PROBE, ...args];
  const [program = '', ...rest] = canPin ? ['taskset', '-c', CORES[cores], ...command] : command;
  return spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: environment });
}

/** Keeps this process, which sends the load, off the measured core. */
export function pinLoad(): void {
  if (canPin) spawnSync('taskset', ['-cp', CORES.others, String(process.pid)]);
}

/** Waits until a server answers a query; throws when it ends, or does not within a minute. */
export async function untilServing(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && !hasEnded(child)) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok === true) return;
    await delay(100);
  }
  throw new Error('it does not start');
}

/** Sends a message to a process and gives its answer. Throws when it ends before. */
export async function ask(child: ChildProcess, message: Serializable): Promise<unknown> {
  const settled = new AbortController();
  const { signal } = settled;
  const answered = once(child, 'message', { signal }).then(([answer]) => answer as unknown);
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('a process of the benchmark has ended');
  });
  child.send(message);
  try {
    return await Promise.race([answered, ended]);
  } finally {
    for (const one of [answered, ended]) one.catch(() => undefined);
    settled.abort();
  }
}

const STOP_TIMEOUT_MS = 5_000;

/**
 * The memory of a process and all that it started, in bytes: what they share is counted once among them (PSS). 0 where the system does
 * not tell.
 */
export function memoryOf(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return startedBy(pid).reduce((sum, child) => sum + memoryOf(child), Number(kilobytes) * 1024);
  } catch {
    return 0;
  }
}

/** Ticks of the clock that processor times are counted in (`man 5 proc`). */
const TICKS_PER_SECOND = 100;

/** How long all that a process started has kept a processor busy, in seconds. 0 where the system does not tell. */
export function cpuSecondsBelow(pid: number): number {
  try {
    return startedBy(pid).reduce((sum, child) => {
      const [, fields = ''] = readFileSync(`/proc/${child}/stat`, 'utf8').split(') ');
      const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
      return sum + (user + system) / TICKS_PER_SECOND + cpuSecondsBelow(child);
    }, 0);
  } catch {
    return 0;
  }
}

function startedBy(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

/** Stops a process and waits for its end; one that does not stop within 5 s is killed. */
export async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
