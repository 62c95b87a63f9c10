import { describe, expect, it } from '@jest/globals';
import { assertGoodPassword } from './password-policy.ts';
import { createPasswords } from './password-hash.ts';

const about = { email: 'mona.saleh@example.org', field: 'password' };

describe('a new password', () => {
  it.each([
    'caregraph-demo',
    'correct horse battery',
    'twelve chars',
    'Test-Password-2026!',
    'كلمة سر طويلة',
    '🐝🐝🐎🐎🔋🔋🧷🧷🐝🐎🔋🧷',
    'x y '.repeat(31) + 'end',
  ])('may be %s', (password) => {
    expect(() => assertGoodPassword(password, about)).not.toThrow();
  });

  it.each([
    ['', 'must have 12 to 128 characters'],
    ['eleven char', 'must have 12 to 128 characters'],
    ['long enough '.repeat(11), 'must have 12 to 128 characters'],
    ['🐝🐎🔋🧷🐝🐎', 'must have 12 to 128 characters'],
    ['Mona.Saleh@example.org', 'must not be your e-mail address'],
    ['p-a-s-s-w-o-r-d-1', 'too easy to guess'],
    ['QwertyUiop12', 'too easy to guess'],
    ['123456789012', 'too easy to guess'],
    ['abcabcabcabc', 'too easy to guess'],
    ['password1password1', 'too easy to guess'],
  ])('may not be %j', (password, reason) => {
    expect(() => assertGoodPassword(password, about)).toThrow(reason);
  });
});

describe('a kept password', () => {
  it('is salted, and matches however a keyboard composes it', async () => {
    const passwords = await createPasswords();
    const [one, other] = [await passwords.hash('caf\u00e9 au lait'), await passwords.hash('cafe\u0301 au lait')];

    expect(one).not.toBe(other);
    expect(await passwords.matches('cafe\u0301 au lait', one)).toBe(true);
    expect(await passwords.matches('cafe au lait', one)).toBe(false);
    expect(await passwords.matches('caf\u00e9 au lait', undefined)).toBe(false);
    expect(await passwords.matches('x'.repeat(100_000), one)).toBe(false);
  });
});
