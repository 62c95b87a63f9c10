import type { Database, Transaction } from './store.ts';

export type EndReason = 'logout' | 'reuse' | 'password-change' | 'deactivation';

export interface TokenToKeep {
  readonly hash: string;
  readonly expiresAt: Date;
}

export type Rotation =
  | { readonly outcome: 'rotated'; readonly sessionId: string; readonly accountId: string }
  | { readonly outcome: 'refused' | 'reused' };

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Keeps sessions and the hashes of their refresh tokens. */
export function createSessionStore(database: Database) {
  return {
    async start(
      session: { readonly id: string; readonly accountId: string },
      token: TokenToKeep,
      now: Date,
    ): Promise<void> {
      await database.session.create({
        data: { ...session, createdAt: now, lastUsedAt: now, refreshTokens: { create: { ...token, createdAt: now } } },
      });
    },
    rotate: (usedHash: string, next: TokenToKeep, now: Date) =>
      database.$transaction((tx) => rotate(tx, { usedHash, next, now })),
    async end(id: string, reason: EndReason, now: Date): Promise<void> {
      await endSession(database, id, reason, now);
    },
    changePassword: (change: PasswordChange, now: Date) =>
      database.$transaction((tx) => changePassword(tx, change, now)),
  };
}

/**
 * Trades a refresh token for the next one. Uses of one session take turns by the lock on its row; a token that was used before
 * ends the session, whoever of its two holders came first: one of them stole it (RFC 9700, section 4.14.2).
 */
async function rotate(
  tx: Transaction,
  { usedHash, next, now }: { usedHash: string; next: TokenToKeep; now: Date },
): Promise<Rotation> {
  const [session] = await tx.$queryRaw<{ id: string; accountId: string; endedAt: Date | null }[]>`
    SELECT id, account_id AS "accountId", ended_at AS "endedAt" FROM session
    WHERE id = (SELECT session_id FROM refresh_token WHERE hash = ${usedHash})
    FOR UPDATE`;
  if (session === undefined || session.endedAt !== null) return { outcome: 'refused' };
  const token = await tx.refreshToken.findUniqueOrThrow({ where: { hash: usedHash } });
  if (token.usedAt !== null) {
    await endSession(tx, session.id, 'reuse', now);
    return { outcome: 'reused' };
  }
  if (token.expiresAt <= now) return { outcome: 'refused' };
  const account = await tx.account.findUniqueOrThrow({ where: { id: session.accountId } });
  if (account.deactivatedAt !== null) {
    await endSession(tx, session.id, 'deactivation', now);
    return { outcome: 'refused' };
  }
  await tx.refreshToken.update({ where: { hash: usedHash }, data: { usedAt: now } });
  await tx.refreshToken.create({ data: { ...next, sessionId: session.id, createdAt: now } });
  await tx.session.update({ where: { id: session.id }, data: { lastUsedAt: now } });
  return { outcome: 'rotated', sessionId: session.id, accountId: session.accountId };
}

export interface PasswordChange {
  readonly accountId: string;
  /** What the current password was checked against: when it has changed since, nothing happens. */
  readonly from: string;
  readonly to: string;
  readonly keepSessionId: string | undefined;
}

async function changePassword(tx: Transaction, change: PasswordChange, now: Date): Promise<'changed' | undefined> {
  const { accountId, from, to, keepSessionId } = change;
  const { count } = await tx.account.updateMany({
    where: { id: accountId, passwordHash: from },
    data: { passwordHash: to },
  });
  if (count === 0) return undefined;
  await tx.session.updateMany({
    where: { accountId, endedAt: null, ...(keepSessionId !== undefined && { id: { not: keepSessionId } }) },
    data: { endedAt: now, endReason: 'password-change' },
  });
  return 'changed';
}

async function endSession(tx: Transaction, id: string, endReason: EndReason, now: Date): Promise<void> {
  await tx.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: now, endReason } });
}
