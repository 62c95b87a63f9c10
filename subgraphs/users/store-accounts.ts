import type { Account as AccountRow } from '../../prisma/users/generated/client.ts';
import { outboxRow, type OutboxEvent } from '../shared/outbox.ts';
import type { Account } from './account.ts';
import { MAX_TRIES } from './one-time-code.ts';
import type { AddressRecord, Gender } from './records.ts';
import type { Database, Transaction } from './store.ts';

export interface CodeToKeep {
  readonly codeHmac: string;
  readonly expiresAt: Date;
}

/** What a person may change of their account; an absent key leaves the value. */
export interface ProfileChanges {
  readonly name?: string;
  readonly phone?: string | null;
  readonly dateOfBirth?: string | null;
  readonly gender?: Gender | null;
}

export type AccountStore = ReturnType<typeof createAccountStore>;

/** Reads and writes accounts, their addresses and their one-time codes. */
export function createAccountStore(database: Database) {
  return {
    async byIds(ids: readonly string[]): Promise<Account[]> {
      return (await database.account.findMany({ where: { id: { in: [...ids] } } })).map(accountOf);
    },
    async byEmail(email: string): Promise<Account | undefined> {
      const row = await database.account.findUnique({ where: { email } });
      return row === null ? undefined : accountOf(row);
    },
    async addressesOf(accountIds: readonly string[]): Promise<AddressRecord[]> {
      return database.address.findMany({
        where: { accountId: { in: [...accountIds] } },
        orderBy: [{ isDefault: 'desc' }, { id: 'asc' }],
      });
    },
    openUnverified: (account: Account, code: CodeToKeep) =>
      database.$transaction((tx) => openUnverified(tx, account, code)),
    replaceCode: (email: string, codeFor: (accountId: string) => CodeToKeep) =>
      database.$transaction((tx) => replaceCode(tx, email, codeFor)),
    spendTry: (email: string, now: Date) => spendTry(database, email, now),
    confirm: (accountId: string, codeHmac: string, event: OutboxEvent & { readonly time: Date }) =>
      database.$transaction((tx) => confirm(tx, { accountId, codeHmac, event })),
    async update(id: string, changes: ProfileChanges): Promise<Account | undefined> {
      const { dateOfBirth, ...rest } = changes;
      const born =
        dateOfBirth === undefined ? {} : { dateOfBirth: dateOfBirth === null ? null : new Date(dateOfBirth) };
      const [row] = await database.account.updateManyAndReturn({ where: { id }, data: { ...rest, ...born } });
      return row === undefined ? undefined : accountOf(row);
    },
  };
}

/**
 * Opens an account that is not verified yet. One that was opened before with the same address and never verified gives way, so
 * that nobody can reserve another person's address; a verified one stays as it is, and the answer is `known`.
 */
async function openUnverified(tx: Transaction, account: Account, code: CodeToKeep): Promise<'opened' | 'known'> {
  const { email } = account;
  await takeTurns(tx, email);
  const existing = await tx.account.findUnique({ where: { email }, select: { verifiedAt: true } });
  if (existing !== null && existing.verifiedAt !== null) return 'known';
  if (existing !== null) await tx.account.delete({ where: { email } });
  const dateOfBirth = account.dateOfBirth === null ? null : new Date(account.dateOfBirth);
  await tx.account.create({ data: { ...account, dateOfBirth, oneTimeCode: { create: code } } });
  return 'opened';
}

/** Puts a new code in the place of the account's last one; `undefined` when no account waits for one. */
async function replaceCode(
  tx: Transaction,
  email: string,
  codeFor: (accountId: string) => CodeToKeep,
): Promise<'replaced' | undefined> {
  await takeTurns(tx, email);
  const account = await tx.account.findUnique({ where: { email, verifiedAt: null }, select: { id: true } });
  if (account === null) return undefined;
  const code = codeFor(account.id);
  await tx.oneTimeCode.upsert({
    where: { accountId: account.id },
    create: { accountId: account.id, ...code },
    update: { ...code, tries: 0 },
  });
  return 'replaced';
}

/** One statement counts the try and reads the code, so that no number of tries at once gets past the limit. */
async function spendTry(
  database: Database,
  email: string,
  now: Date,
): Promise<{ readonly accountId: string; readonly codeHmac: string } | undefined> {
  const rows = await database.$queryRaw<{ accountId: string; codeHmac: string }[]>`
    UPDATE one_time_code SET tries = tries + 1
    FROM account
    WHERE account.id = one_time_code.account_id AND account.email = ${email}
      AND tries < ${MAX_TRIES} AND expires_at > ${now}
    RETURNING one_time_code.account_id AS "accountId", code_hmac AS "codeHmac"`;
  return rows[0];
}

/** Verifies the account whose code it was, once: the code goes, the event is noted. `undefined` when the code is gone already. */
async function confirm(
  tx: Transaction,
  { accountId, codeHmac, event }: { accountId: string; codeHmac: string; event: OutboxEvent & { readonly time: Date } },
): Promise<Account | undefined> {
  const { count } = await tx.oneTimeCode.deleteMany({ where: { accountId, codeHmac } });
  if (count === 0) return undefined;
  const row = await tx.account.update({ where: { id: accountId }, data: { verifiedAt: event.time } });
  await tx.outboxEvent.create({ data: outboxRow({ ...event, data: { ...event.data, role: row.role } }) });
  return accountOf(row);
}

/** Two registrations of one address at once: the second waits for the first. */
async function takeTurns(tx: Transaction, email: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${email}, 0))`;
}

function accountOf({ dateOfBirth, ...row }: AccountRow): Account {
  return { ...row, dateOfBirth: dateOfBirth === null ? null : dateOfBirth.toISOString().slice(0, 10) };
}
