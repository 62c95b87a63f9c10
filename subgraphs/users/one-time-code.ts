import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';

export const CODE_LIFETIME_MS = 10 * 60_000;
export const MAX_TRIES = 5;

/** Six digits, each code as likely as any other. */
export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** Hashes an account's code as it is kept. With the key: a million codes could be tried against a plain hash in a second. */
export type HashCode = (accountId: string, code: string) => string;

export function createCodeHasher(key: Uint8Array): HashCode {
  return (accountId, code) => createHmac('sha256', key).update(`${accountId}:${code}`).digest('base64url');
}

/** Compares two hashes in a time that does not depend on where they differ. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
