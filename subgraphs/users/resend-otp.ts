import type { Brake } from './brake.ts';
import { codeMail } from './mails.ts';
import { CODE_LIFETIME_MS, newCode, type HashCode } from './one-time-code.ts';
import { paced } from './paced.ts';
import type { Postman } from './postman.ts';
import type { AccountStore } from './store-accounts.ts';

export interface ResendOtpOptions {
  readonly accounts: Pick<AccountStore, 'replaceCode'>;
  readonly codeBrake: Brake;
  readonly hashCode: HashCode;
  readonly postman: Postman;
  readonly now: () => Date;
  readonly paceMs: number;
}

/**
 * Mails a new code where an account waits for one; the last code ends. Answers the same, at the same pace, for any address:
 * nobody waits for the mail. Throws `RATE_LIMITED`.
 */
export function createResendOtp({ accounts, codeBrake, hashCode, postman, now, paceMs }: ResendOtpOptions) {
  return async (email: string): Promise<true> => {
    await codeBrake.count(email);
    await paced(paceMs, async () => {
      const code = newCode();
      const expiresAt = new Date(now().getTime() + CODE_LIFETIME_MS);
      const replaced = await accounts.replaceCode(email, (id) => ({ codeHmac: hashCode(id, code), expiresAt }));
      if (replaced !== undefined) postman.post(codeMail(email, code));
    });
    return true;
  };
}
