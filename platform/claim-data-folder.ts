import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a data folder for this process, making it when needed, and gives the function that lets go of it. Throws when another
 * platform runs on it: it would lose its databases when this one stops or resets them. The claim of a platform that was killed
 * counts for nothing.
 */
export function claimDataFolder(dataFolder: string): () => void {
  try {
    mkdirSync(dataFolder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The data folder cannot be made; choose another with --data DIR. ${reason}`, { cause });
  }
  const path = join(dataFolder, 'platform.pid');
  const owner = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  if (owner !== process.pid && isPlatform(owner)) {
    throw new Error(
      `Another platform (process ${owner}) runs on ${dataFolder}: stop it, or choose another folder with --data DIR.`,
    );
  }
  writeFileSync(path, `${process.pid}\n`);
  return () => rmSync(path, { force: true });
}

/** A pid may belong to another program by now: where /proc tells, its command line has to be that of a platform. */
function isPlatform(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return false;
  if (!existsSync('/proc/self')) return true;
  const commandLine = `/proc/${pid}/cmdline`;
  return existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes('platform/main');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
