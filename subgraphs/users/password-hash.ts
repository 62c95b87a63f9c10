import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Longer than any password we accept: what is longer is wrong, and not worth the work. */
const MAX_LENGTH = 1024;

export interface Passwords {
  /** The hash to keep, in PHC string format, salted. */
  hash(password: string): Promise<string>;
  /** Whether the password is the one of the hash; without a hash it is wrong, after the same work. */
  matches(password: string, kept: string | undefined): Promise<boolean>;
}

/** Hashes and checks passwords. What a keyboard composes in one way or another is the same password (NFKC, NIST SP 800-63B). */
export async function createPasswords(): Promise<Passwords> {
  const nobodys = await hash(randomBytes(32), PARAMETERS);
  return {
    hash: (password) => hash(password.normalize('NFKC'), PARAMETERS),
    async matches(password, kept) {
      if (password.length > MAX_LENGTH) return false;
      const isRight = await verify(kept ?? nobodys, password.normalize('NFKC'));
      return isRight && kept !== undefined;
    },
  };
}
