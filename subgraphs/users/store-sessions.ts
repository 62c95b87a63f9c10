import { EVENT_TYPES } from '../../wire/names.ts';
import { outboxRow } from '../shared/outbox.ts';
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
      await database.$transaction((tx) => endSessions(tx, { id }, { reason, now }));
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
    await endSessions(tx, { id: session.id }, { reason: 'reuse', now });
    return { outcome: 'reused' };
  }
  if (token.expiresAt <= now) return { outcome: 'refused' };
  const account = await tx.account.findUniqueOrThrow({ where: { id: session.accountId } });
  if (account.deactivatedAt !== null) {
    await endSessions(tx, { id: session.id }, { reason: 'deactivation', now });
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
  const others = { accountId, ...(keepSessionId !== undefined && { id: { not: keepSessionId } }) };
  await endSessions(tx, others, { reason: 'password-change', now });
  return 'changed';
}

/** Ends those sessions that have not ended yet, and notes the event of each: gateways refuse what is left of its access tokens. */
async function endSessions(
  tx: Transaction,
  which: { readonly id?: string | { not: string }; readonly accountId?: string },
  { reason: endReason, now }: { readonly reason: EndReason; readonly now: Date },
): Promise<void> {
  const ended = await tx.session.updateManyAndReturn({
    where: { ...which, endedAt: null },
    data: { endedAt: now, endReason },
  });
  const rows = ended.map(({ id, accountId }) =>
    outboxRow({ type: EVENT_TYPES.sessionEnded, subject: id, audience: [accountId], data: {}, time: now }),
  );
  await tx.outboxEvent.createMany({ data: rows });
}
