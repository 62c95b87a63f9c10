import { clientError } from '../shared/client-error.ts';

const MIN_LENGTH = 12;
const MAX_LENGTH = 128;

/** The letters of the commonest long passwords: whatever digits and signs stand around them, they are guessed first. */
const COMMON = new Set([
  '',
  'password',
  'passwrd',
  'passwort',
  'mypassword',
  'qwerty',
  'qwertyuiop',
  'qwertyuiopasdfghjkl',
  'asdfghjkl',
  'azertyuiop',
  'zxcvbnm',
  'iloveyou',
  'letmein',
  'letmeinplease',
  'welcome',
  'welcomeback',
  'admin',
  'administrator',
  'changeme',
  'changemenow',
  'secret',
  'dragon',
  'monkey',
  'football',
  'baseball',
  'sunshine',
  'princess',
  'superman',
  'trustno',
  'abc',
  'abcdef',
  'abcdefghijkl',
  'login',
  'caregraph',
]);
const ASCII_SIGNS = /[ -@[-`{-~]/g;
const ONE_PIECE_REPEATED = /^(.{1,10})\1+$/u;

/**
 * Refuses a new password that is guessed first: too short, the address itself, a common one, or one piece repeated. Throws
 * `BAD_USER_INPUT` with the mend. No rule about kinds of characters (NIST SP 800-63B, section 3.1.1.2).
 */
export function assertGoodPassword(
  password: string,
  { email, field }: { readonly email: string; readonly field: string },
): void {
  const reason = weakness(password.normalize('NFKC'), email);
  if (reason !== undefined) throw clientError('BAD_USER_INPUT', `${field}: ${reason}`);
}

function weakness(password: string, email: string): string | undefined {
  const { length } = [...password];
  if (length < MIN_LENGTH || length > MAX_LENGTH) return `must have ${MIN_LENGTH} to ${MAX_LENGTH} characters.`;
  const plain = password.toLowerCase();
  if (plain === email || plain === email.split('@')[0]) return 'must not be your e-mail address.';
  if (COMMON.has(plain.replaceAll(ASCII_SIGNS, '')) || ONE_PIECE_REPEATED.test(plain)) {
    return 'is too easy to guess: take several words that do not belong together.';
  }
  return undefined;
}
