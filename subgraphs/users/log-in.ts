import { clientError } from '../shared/client-error.ts';
import type { Account } from './account.ts';
import type { CheckPassword } from './check-password.ts';
import type { AuthPayloadRecord } from './records.ts';
import type { Sessions } from './sessions.ts';
import type { AccountStore } from './store-accounts.ts';

export interface LogInOptions {
  readonly accounts: Pick<AccountStore, 'byEmail'>;
  readonly checkPassword: CheckPassword;
  readonly sessions: Pick<Sessions, 'start'>;
}

/**
 * Signs a person in. An address without an account, an account that is closed or not verified, and a wrong password are one answer
 * after the same work: `UNAUTHENTICATED`. Were an account that waits for its code told apart, a registration and a login with its
 * password would tell of any address whether it had an account before. Throws `RATE_LIMITED`.
 */
export function createLogIn({ accounts, checkPassword, sessions }: LogInOptions) {
  return async (email: string, password: string): Promise<AuthPayloadRecord> => {
    const found = await accounts.byEmail(email);
    const account = found !== undefined && isOpen(found) ? found : undefined;
    const isRight = await checkPassword(email, password, account?.passwordHash);
    if (!isRight || account === undefined) {
      throw clientError(
        'UNAUTHENTICATED',
        'The e-mail address or the password is wrong, or the address is not verified yet: enter the code that we sent you.',
      );
    }
    return sessions.start(account);
  };
}

function isOpen({ verifiedAt, deactivatedAt }: Account): boolean {
  return verifiedAt !== null && deactivatedAt === null;
}
