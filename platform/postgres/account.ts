import { execFileSync, spawnSync } from 'node:child_process';

/** The operating system account that PostgreSQL runs as; `undefined` stands for the one that runs this process. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root, so root lends it the account `postgres`, or `nobody` where there is none.
 * Throws when neither exists.
 */
export function postgresAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const account = accountNamed(name);
    if (account) return account;
  }
  throw new Error('PostgreSQL cannot run as root, and there is no account `postgres` or `nobody` to run it as.');
}

/** Whether root's stand-in may enter the folder: every folder above it must let it pass. */
export function canEnter(account: Account, folder: string): boolean {
  return account === undefined || spawnSync('test', ['-x', folder], { ...account }).status === 0;
}

function accountNamed(name: string): Account {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] })),
    );
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined; // `id` says that there is no such account
  }
}
