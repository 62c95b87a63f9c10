import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { canEnter, type Account } from './account.ts';
import { binariesIn, type PostgresBinaries } from './binaries.ts';

/**
 * The folder to keep a database in: `wanted`, or, when the account that PostgreSQL runs as cannot reach it (root working
 * below a folder of mode 0700, such as /root), one in the system's temporary folder that is always the same for `wanted`.
 * The folder's parent exists afterwards and belongs to this process.
 */
export function reachableDataFolder(wanted: string, account: Account): string {
  mkdirSync(dirname(wanted), { recursive: true });
  if (canEnter(account, dirname(wanted))) return wanted;
  return join(ownFolderInTmp(wanted), basename(wanted));
}

/** The programs where the account can run them: in place, or a copy in the system's temporary folder. */
export function reachableBinaries(bundled: PostgresBinaries, account: Account): PostgresBinaries {
  if (canEnter(account, join(bundled.home, 'bin'))) return bundled;
  const copy = join(ownFolderInTmp(bundled.home), 'native');
  if (!existsSync(copy)) {
    cpSync(bundled.home, `${copy}.unfinished`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.unfinished`, copy);
  }
  return binariesIn(copy);
}

/** Gives the folder to the account, for it alone. */
export function giveFolder(folder: string, account: Account): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

/** Anyone may create names in the temporary folder: one that is not ours, or that others can write to, is refused. */
function ownFolderInTmp(purpose: string): string {
  const folder = join(tmpdir(), `caregraph-${createHash('sha256').update(purpose).digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) {
    mkdirSync(folder);
    chmodSync(folder, 0o755); // whatever the umask is
  }
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.() || (stat.mode & 0o022) !== 0) {
    throw new Error(`${folder} belongs to somebody else: remove it, or choose a data folder that others can enter.`);
  }
  return folder;
}
