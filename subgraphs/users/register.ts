import { randomUUID } from 'node:crypto';
import type { Role } from '../../wire/identity.ts';
import { ownRecord, type Account } from './account.ts';
import type { Brake } from './brake.ts';
import { codeMail, registrationAttemptMail } from './mails.ts';
import { CODE_LIFETIME_MS, newCode, type HashCode } from './one-time-code.ts';
import { paced } from './paced.ts';
import type { Passwords } from './password-hash.ts';
import { assertGoodPassword } from './password-policy.ts';
import { checkedEmail, checkedName, checkedPhone } from './personal-details.ts';
import type { Postman } from './postman.ts';
import type { RegisterPayloadRecord } from './records.ts';
import type { AccountStore } from './store-accounts.ts';

export interface RegisterOptions {
  readonly accounts: Pick<AccountStore, 'openUnverified'>;
  readonly passwords: Passwords;
  readonly codeBrake: Brake;
  readonly hashCode: HashCode;
  readonly postman: Postman;
  readonly now: () => Date;
  readonly paceMs: number;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly role: Exclude<Role, 'ADMIN' | 'PARTNER'>;
}

/**
 * Opens an account and mails its code. Where the address has a verified account, its owner gets a mail instead, and the answer is
 * what a new account would have given: same words, same work, an id of its own. Throws `BAD_USER_INPUT`, `RATE_LIMITED`.
 */
export function createRegister(options: RegisterOptions) {
  const { accounts, passwords, codeBrake, hashCode, postman, now, paceMs } = options;
  return async (registration: Registration): Promise<RegisterPayloadRecord> => {
    const account = { ...newAccount(registration, now()), passwordHash: '' };
    assertGoodPassword(registration.password, { email: account.email, field: 'password' });
    await codeBrake.count(account.email);
    const passwordHash = await passwords.hash(registration.password);
    await paced(paceMs, async () => {
      const code = newCode();
      const expiresAt = new Date(now().getTime() + CODE_LIFETIME_MS);
      const kept = { codeHmac: hashCode(account.id, code), expiresAt };
      const outcome = await accounts.openUnverified({ ...account, passwordHash }, kept);
      await postman.send(outcome === 'opened' ? codeMail(account.email, code) : registrationAttemptMail(account.email));
    });
    return { user: ownRecord(account), otpSentTo: account.email };
  };
}

function newAccount({ email, name, phone, role }: Registration, now: Date): Omit<Account, 'passwordHash'> {
  return {
    id: randomUUID(),
    email: checkedEmail(email),
    name: checkedName(name),
    phone: phone == null ? null : checkedPhone(phone),
    role,
    dateOfBirth: null,
    gender: null,
    profilePictureUrl: null,
    createdAt: now,
    verifiedAt: null,
    deactivatedAt: null,
  };
}
