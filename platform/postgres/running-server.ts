import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { waitUntil } from '../wait-until.ts';

/** A server that runs on a data folder. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/**
 * The server that runs on the folder, from PostgreSQL's postmaster.pid (its lines: pid, folder, start time, port, socket
 * folder, address, shared memory, status); `undefined` when there is none. A file left by a server that was killed counts
 * for nothing, even when its pid belongs to another program by now.
 */
export function runningServer(dataFolder: string): RunningServer | undefined {
  const lines = readLines(join(dataFolder, 'postmaster.pid'));
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0 || !isPostgres(pid)) return undefined;
  return { pid, port, isReady: lines[7]?.trim() === 'ready' && port > 0 };
}

/** Stops a server: its clients are cut off and its data is safe. One that ignores the request for `patienceMs` is forced. */
export async function stopServer(pid: number, patienceMs = 10_000): Promise<void> {
  signal(pid, 'SIGINT'); // a "fast" shutdown, https://www.postgresql.org/docs/current/server-shutdown.html
  if (await waitUntil(() => !isPostgres(pid), patienceMs)) return;
  signal(pid, 'SIGQUIT'); // an "immediate" one: the next start recovers from the log
  if (await waitUntil(() => !isPostgres(pid), patienceMs)) return;
  throw new Error(`PostgreSQL (process ${pid}) does not stop.`);
}

/** Tells a server to end without shutting down in order, and does not wait for it. */
export function abandonServer(pid: number): void {
  if (isPostgres(pid)) signal(pid, 'SIGQUIT');
}

function readLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

/** Whether the process is there and is a PostgreSQL. */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (!existsSync('/proc/self')) return true;
  // The command line is gone as soon as a process begins to end. When it has ended, its state says so until its parent takes note.
  const [program = ''] = readProc(pid, 'cmdline').split('\0');
  return program === '' ? !hasEnded(pid) : basename(program) === 'postgres';
}

function hasEnded(pid: number): boolean {
  const [, state = 'X'] = /\) (.)[^)]*$/.exec(readProc(pid, 'stat')) ?? [];
  return state === 'Z' || state === 'X';
}

/** What the system tells of a process; nothing of one that is gone. */
function readProc(pid: number, file: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
