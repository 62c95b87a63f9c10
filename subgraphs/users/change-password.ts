import { clientError } from '../shared/client-error.ts';
import type { CheckPassword } from './check-password.ts';
import { passwordChangedMail } from './mails.ts';
import type { Passwords } from './password-hash.ts';
import { assertGoodPassword } from './password-policy.ts';
import type { Postman } from './postman.ts';
import type { AccountStore } from './store-accounts.ts';
import type { SessionStore } from './store-sessions.ts';

export interface ChangePasswordOptions {
  readonly accounts: Pick<AccountStore, 'byIds'>;
  readonly store: Pick<SessionStore, 'changePassword'>;
  readonly passwords: Passwords;
  readonly checkPassword: CheckPassword;
  readonly postman: Postman;
  readonly now: () => Date;
}

export interface PasswordChangeRequest {
  readonly accountId: string;
  readonly sessionId: string | undefined;
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Changes a password for whoever knows the current one, ends every other session and tells the owner by mail. Throws
 * `BAD_USER_INPUT` when the current one is wrong or the new one is weak, `CONFLICT` when it changed meanwhile, `RATE_LIMITED`.
 */
export function createChangePassword(options: ChangePasswordOptions) {
  const { accounts, store, passwords, checkPassword, postman, now } = options;
  return async ({ accountId, sessionId, currentPassword, newPassword }: PasswordChangeRequest): Promise<true> => {
    const [account] = await accounts.byIds([accountId]);
    if (!(await checkPassword(accountId, currentPassword, account?.passwordHash)) || account === undefined) {
      throw clientError('BAD_USER_INPUT', 'currentPassword: is not your current password.');
    }
    assertGoodPassword(newPassword, { email: account.email, field: 'newPassword' });
    if (newPassword === currentPassword) {
      throw clientError('BAD_USER_INPUT', 'newPassword: must differ from the current one.');
    }
    const to = await passwords.hash(newPassword);
    const change = { accountId, from: account.passwordHash, to, keepSessionId: sessionId };
    if ((await store.changePassword(change, now())) === undefined) {
      throw clientError('CONFLICT', 'The password was changed at the same moment elsewhere: sign in again.');
    }
    postman.post(passwordChangedMail(account.email));
    return true;
  };
}
