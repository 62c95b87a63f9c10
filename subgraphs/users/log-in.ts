import { clientError } from '../shared/client-error.ts';
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
 * Signs a person in. An address without an account, a closed account and a wrong password are one answer after the same work:
 * `UNAUTHENTICATED`. Whoever knows the password of an account that is not verified is told so: `FORBIDDEN`. Throws `RATE_LIMITED`.
 */
export function createLogIn({ accounts, checkPassword, sessions }: LogInOptions) {
  return async (email: string, password: string): Promise<AuthPayloadRecord> => {
    const found = await accounts.byEmail(email);
    const account = found === undefined || found.deactivatedAt !== null ? undefined : found;
    const isRight = await checkPassword(email, password, account?.passwordHash);
    if (!isRight || account === undefined) {
      throw clientError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
    }
    if (account.verifiedAt === null) {
      throw clientError(
        'FORBIDDEN',
        'Verify your address first: enter the code that we sent you, or ask for a new one.',
      );
    }
    return sessions.start(account);
  };
}
