import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { clientError } from '../shared/client-error.ts';
import { ACCESS_TOKEN_LIFETIME_S, type IssueAccessToken } from './access-token.ts';
import { ownRecord, type Account } from './account.ts';
import type { AuthPayloadRecord } from './records.ts';
import type { AccountStore } from './store-accounts.ts';
import type { SessionStore, TokenToKeep } from './store-sessions.ts';

export interface SessionsOptions {
  readonly store: SessionStore;
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly issueAccessToken: IssueAccessToken;
  readonly now: () => Date;
}

export interface Sessions {
  /** Signs a person in who has proved who they are. */
  start(account: Account): Promise<AuthPayloadRecord>;
  /** Trades a refresh token, once, for new tokens. Throws `UNAUTHENTICATED`, and ends the session when it was used before. */
  refresh(refreshToken: string): Promise<AuthPayloadRecord>;
  /** Signs out: no refresh token of the session works any more. */
  end(sessionId: string): Promise<void>;
}

const REFRESH_TOKEN_LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** Sessions are rows; access tokens are not looked up: gateways hear of each session that ends, and refuse what is left of its tokens. */
export function createSessions({ store, accounts, issueAccessToken, now }: SessionsOptions): Sessions {
  const answer = async (account: Account, sessionId: string, refreshToken: string): Promise<AuthPayloadRecord> => ({
    accessToken: await issueAccessToken(account, sessionId),
    refreshToken,
    expiresIn: ACCESS_TOKEN_LIFETIME_S,
    tokenType: 'Bearer',
    user: ownRecord(account),
  });
  return {
    async start(account) {
      const sessionId = randomUUID();
      const token = newRefreshToken(now());
      await store.start({ id: sessionId, accountId: account.id }, token.kept, now());
      return answer(account, sessionId, token.secret);
    },
    async refresh(refreshToken) {
      const token = newRefreshToken(now());
      const rotation = await store.rotate(hashOf(refreshToken), token.kept, now());
      const [account] = rotation.outcome === 'rotated' ? await accounts.byIds([rotation.accountId]) : [];
      if (rotation.outcome !== 'rotated' || account === undefined) {
        throw clientError('UNAUTHENTICATED', 'The refresh token is not valid any more: sign in again.');
      }
      return answer(account, rotation.sessionId, token.secret);
    },
    end: (sessionId) => store.end(sessionId, 'logout', now()),
  };
}

function newRefreshToken(now: Date): { readonly secret: string; readonly kept: TokenToKeep } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, kept: { hash: hashOf(secret), expiresAt: new Date(now.getTime() + REFRESH_TOKEN_LIFETIME_MS) } };
}

function hashOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('base64url');
}
