import { EVENT_TYPES } from '../../wire/names.ts';
import { clientError } from '../shared/client-error.ts';
import type { Account } from './account.ts';
import { isSameHash, type HashCode } from './one-time-code.ts';
import { paced } from './paced.ts';
import type { AuthPayloadRecord } from './records.ts';
import type { Sessions } from './sessions.ts';
import type { AccountStore } from './store-accounts.ts';

export interface VerifyOtpOptions {
  readonly accounts: Pick<AccountStore, 'spendTry' | 'confirm'>;
  readonly hashCode: HashCode;
  readonly sessions: Pick<Sessions, 'start'>;
  readonly now: () => Date;
  readonly paceMs: number;
}

/**
 * Verifies the account whose code it is, tells the others by an event, and signs the person in. One answer for a wrong code, a
 * code that has ended, one that was tried too often, and an address that waits for none: `BAD_USER_INPUT`.
 */
export function createVerifyOtp({ accounts, hashCode, sessions, now, paceMs }: VerifyOtpOptions) {
  const confirmed = async (email: string, code: string): Promise<Account | undefined> => {
    const kept = await accounts.spendTry(email, now());
    if (kept === undefined || !isSameHash(kept.codeHmac, hashCode(kept.accountId, code.trim()))) return undefined;
    const { accountId, codeHmac } = kept;
    return accounts.confirm(accountId, codeHmac, {
      type: EVENT_TYPES.userVerified,
      subject: accountId,
      audience: [accountId],
      data: {},
      time: now(),
    });
  };
  return async (email: string, code: string): Promise<AuthPayloadRecord> => {
    const account = await paced(paceMs, () => confirmed(email, code));
    if (account === undefined) {
      throw clientError('BAD_USER_INPUT', 'The code is wrong or no longer valid: check it, or ask for a new one.');
    }
    return sessions.start(account);
  };
}
