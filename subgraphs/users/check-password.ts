import type { Brake } from './brake.ts';
import type { Passwords } from './password-hash.ts';

/**
 * Checks a password under a brake. The brake is asked again afterwards: guesses that run at once all begin before the first is
 * counted, and of those only as many may learn their result as the limit allows. Throws `RATE_LIMITED`.
 */
export function createPasswordCheck(passwords: Passwords, brake: Brake) {
  return async (subject: string, password: string, kept: string | undefined): Promise<boolean> => {
    await brake.assertOpen(subject);
    if (!(await passwords.matches(password, kept))) {
      await brake.count(subject);
      return false;
    }
    await brake.assertOpen(subject);
    await brake.release(subject);
    return true;
  };
}

export type CheckPassword = ReturnType<typeof createPasswordCheck>;
