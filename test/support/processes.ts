import { spawnSync } from 'node:child_process';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process below another one, however deep. */
export function descendantsOf(pid: number): readonly ProcessRow[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' });
  const rows = stdout.split('\n').flatMap((line): ProcessRow[] => {
    const [, own, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return own === undefined ? [] : [{ pid: Number(own), parent: Number(parent), command }];
  });
  const below = (ancestor: number): ProcessRow[] =>
    rows.filter(({ parent }) => parent === ancestor).flatMap((row) => [row, ...below(row.pid)]);
  return below(pid);
}

/** Whether a process still runs. One that has ended, and waits for its parent to take note of it, does not. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
