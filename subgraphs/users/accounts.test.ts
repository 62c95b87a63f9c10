import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codesOf, codeTo, startUsers, type UsersUnderTest } from '../../test/support/users-subgraph.ts';
import type { Answer } from '../../test/support/test-gateway.ts';

const REGISTER = `mutation Register($input: RegisterInput!) {
  register(input: $input) { user { id email name role isVerified phone createdAt addresses { id } } otpSentTo }
}`;
const VERIFY = `mutation VerifyOtp($email: EmailAddress!, $code: String!) {
  verifyOtp(email: $email, code: $code) { accessToken refreshToken expiresIn tokenType user { id role isVerified } }
}`;
const RESEND = 'mutation Resend($email: EmailAddress!) { resendOtp(email: $email) }';
const LOGIN = `mutation Login($email: EmailAddress!, $password: String!) {
  login(email: $email, password: $password) { accessToken refreshToken expiresIn tokenType user { id name role } }
}`;
const PASSWORD = 'seven blue tractors';
const MINUTE_MS = 60_000;

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.close());

let count = 0;
function newAddress(): string {
  count += 1;
  return `somebody.${count}@example.org`;
}

function register(email: string, changes: object = {}): Promise<Answer> {
  return users.ask(REGISTER, { input: { email, password: PASSWORD, name: 'Some Body', role: 'PATIENT', ...changes } });
}

function verify(email: string, code: string): Promise<Answer> {
  return users.ask(VERIFY, { email, code });
}

function login(email: string, password = PASSWORD): Promise<Answer> {
  return users.ask(LOGIN, { email, password });
}

async function verified(): Promise<string> {
  const email = newAddress();
  await register(email);
  await verify(email, codeTo(email, users.mails));
  return email;
}

/** A code that is not the right one. */
function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

describe('register', () => {
  it('opens an account that is not verified, and mails six digits', async () => {
    const email = newAddress();

    const answer = await register(email, { phone: '+20 100 123 4567', name: '  Mona Saleh ' });

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      register: {
        otpSentTo: email,
        user: { email, name: 'Mona Saleh', role: 'PATIENT', isVerified: false, phone: '+201001234567', addresses: [] },
      },
    });
    expect(codeTo(email, users.mails)).toMatch(/^\d{6}$/);
  });

  it('keeps neither the password nor the code as they are', async () => {
    const email = newAddress();
    await register(email);

    const [row] = await users.sql(
      'SELECT password_hash, code_hmac FROM account JOIN one_time_code ON id = account_id WHERE email = $1',
      [email],
    );

    expect(row?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(row?.['code_hmac']).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(row)).not.toContain(codeTo(email, users.mails));
  });

  it('answers alike for a known address, tells its owner by mail, and changes nothing', async () => {
    const known = await verified();
    const unknown = newAddress();
    const before = await users.sql('SELECT * FROM account WHERE email = $1', [known]);

    const toKnown = await register(known.toUpperCase(), { password: 'another long secret', name: 'Intruder' });
    const toUnknown = await register(unknown, { name: 'Intruder' });

    expect(shapeOf(toKnown, known)).toEqual(shapeOf(toUnknown, unknown));
    expect(users.mails.findLast(({ to }) => to === known)?.subject).toBe(
      'Somebody tried to register with your address',
    );
    expect(users.mails.findLast(({ to }) => to === known)?.text).not.toMatch(/\d{6}/);
    expect(await users.sql('SELECT * FROM account WHERE email = $1', [known])).toEqual(before);
  });

  it('answers an id that tells nothing: a new one each time, and no user for others', async () => {
    const known = await verified();
    const unknown = newAddress();
    const ids = [];
    for (const email of [known, known, unknown, unknown]) {
      const { data } = await register(email);
      ids.push((data as { register: { user: { id: string } } }).register.user.id);
    }

    const representations = ids.map((id) => ({ __typename: 'User', id }));
    const answer = await users.ask(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { id } } }',
      { representations },
    );

    expect(new Set(ids).size).toBe(4);
    expect(answer.data).toEqual({ _entities: [null, null, null, null] });
  });

  it('lets the newest registration of an address that nobody verified win', async () => {
    const email = newAddress();
    await register(email, { password: 'the password of a squatter' });
    const squattersCode = codeTo(email, users.mails);
    await register(email);

    expect(codesOf(await verify(email, squattersCode))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await verify(email, codeTo(email, users.mails)))).toEqual([]);
    expect(codesOf(await login(email, 'the password of a squatter'))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await login(email))).toEqual([]);
  });

  it('opens one account when an address registers many times at once', async () => {
    const email = newAddress();

    await Promise.all(Array.from({ length: 5 }, () => register(email)));

    expect(await users.sql('SELECT 1 FROM account WHERE email = $1', [email])).toHaveLength(1);
  });

  it.each([
    ['short', { password: 'elevenchars' }],
    ['long', { password: 'ab cd ef '.repeat(15) }],
    ['its own address', { password: 'weak.person@example.org' }],
    ['common', { password: 'Password12345!' }],
    ['repetition', { password: 'xyzxyzxyzxyz' }],
    ['digits', { password: '864209753186' }],
  ])('refuses a password that is guessed first: %s', async (_, changes) => {
    const answer = await register('weak.person@example.org', changes);

    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toMatch(/^password: /);
    expect(await users.sql("SELECT 1 FROM account WHERE email = 'weak.person@example.org'")).toEqual([]);
  });

  it.each([
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(201) }],
    ['phone', { phone: 'call me' }],
    [
      'email',
      { email: `${'x'.repeat(60)}@${'y'.repeat(60)}.${'z'.repeat(60)}.${'y'.repeat(60)}.${'z'.repeat(60)}.org` },
    ],
  ])('names the field of a bad value: %s', async (field, changes) => {
    const answer = await register('picky.person@example.org', changes);

    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(field);
  });

  it('cannot make an administrator', async () => {
    expect(codesOf(await register(newAddress(), { role: 'ADMIN' }))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('verifyOtp', () => {
  it('verifies the account, signs in, and writes one event of ids and role', async () => {
    const email = newAddress();
    await register(email, { role: 'DOCTOR' });

    const answer = await verify(email.toUpperCase(), codeTo(email, users.mails));

    const { user, ...tokens } = (answer.data as { verifyOtp: { user: { id: string } } }).verifyOtp;
    expect(tokens).toMatchObject({
      expiresIn: 900,
      tokenType: 'Bearer',
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(user).toMatchObject({ role: 'DOCTOR', isVerified: true });
    expect(await users.sql('SELECT type, subject, audience, data FROM outbox WHERE subject = $1', [user.id])).toEqual([
      { type: 'user.verified', subject: user.id, audience: [user.id], data: { role: 'DOCTOR' } },
    ]);
  });

  it('takes a code once, however many use it at once', async () => {
    const email = newAddress();
    await register(email);
    const code = codeTo(email, users.mails);

    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(email, code)));

    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(codesOf(await verify(email, code))).toEqual(['BAD_USER_INPUT']);
  });

  it('lets a code die after five wrong tries, and a new one live', async () => {
    const email = newAddress();
    await register(email);
    const code = codeTo(email, users.mails);
    for (let tries = 0; tries < 5; tries += 1) await verify(email, otherThan(code));

    expect(codesOf(await verify(email, code))).toEqual(['BAD_USER_INPUT']);
    await users.ask(RESEND, { email });
    expect(codesOf(await verify(email, codeTo(email, users.mails)))).toEqual([]);
  });

  it('counts tries that come at once', async () => {
    const email = newAddress();
    await register(email);
    const wrong = otherThan(codeTo(email, users.mails));

    await Promise.all(Array.from({ length: 12 }, () => verify(email, wrong)));

    const rows = await users.sql('SELECT tries FROM one_time_code JOIN account ON id = account_id WHERE email = $1', [
      email,
    ]);
    expect(rows).toEqual([{ tries: 5 }]);
  });

  it('accepts the fourth wrong try and then the right code', async () => {
    const email = newAddress();
    await register(email);
    const code = codeTo(email, users.mails);
    for (let tries = 0; tries < 4; tries += 1) await verify(email, otherThan(code));

    expect(codesOf(await verify(email, code))).toEqual([]);
  });

  it('refuses a code after ten minutes, in the words for an address that waits for none', async () => {
    const email = newAddress();
    await register(email);
    users.clock.advance(10 * MINUTE_MS + 1000);

    const late = await verify(email, codeTo(email, users.mails));
    const nobody = await verify('nobody@example.org', '123456');

    expect(codesOf(late)).toEqual(['BAD_USER_INPUT']);
    expect(late.errors?.[0]?.message).toBe(nobody.errors?.[0]?.message);
  });
});

describe('resendOtp', () => {
  it('replaces the code', async () => {
    const email = newAddress();
    await register(email);
    const first = codeTo(email, users.mails);

    expect(await users.ask(RESEND, { email })).toMatchObject({ data: { resendOtp: true } });

    const second = codeTo(email, users.mails);
    if (first !== second) expect(codesOf(await verify(email, first))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await verify(email, second))).toEqual([]);
  });

  it('is true and sends nothing for addresses that wait for no code', async () => {
    const known = await verified();
    const before = users.mails.length;

    for (const email of [known, newAddress()]) {
      expect(await users.ask(RESEND, { email })).toEqual({ data: { resendOtp: true } });
    }
    expect(users.mails).toHaveLength(before);
  });

  it('sends five codes an hour to an address, known or not', async () => {
    const [pending, unknown] = [newAddress(), newAddress()];
    await register(pending);
    const outcomes = async (email: string, times: number): Promise<unknown[]> => {
      const codes = [];
      for (let index = 0; index < times; index += 1) codes.push(...codesOf(await users.ask(RESEND, { email })));
      return codes;
    };

    expect(await outcomes(pending, 5)).toEqual(['RATE_LIMITED']);
    expect(await outcomes(unknown, 6)).toEqual(['RATE_LIMITED']);
    expect(codesOf(await register(pending))).toEqual(['RATE_LIMITED']);
    expect(users.mails.filter(({ to }) => to === pending)).toHaveLength(5);
    users.clock.advance(61 * MINUTE_MS);
    expect(await outcomes(pending, 1)).toEqual([]);
  });
});

describe('login', () => {
  it('signs in, whatever the letter case of the address', async () => {
    const email = await verified();

    const answer = await login(email.toUpperCase());

    expect(answer.data).toMatchObject({ login: { tokenType: 'Bearer', user: { name: 'Some Body', role: 'PATIENT' } } });
  });

  it('says the same of a wrong password, an unknown address and a closed account', async () => {
    const closed = await verified();
    await users.sql('UPDATE account SET deactivated_at = now() WHERE email = $1', [closed]);

    const answers = [
      await login(await verified(), 'not the password at all'),
      await login(newAddress(), 'not the password at all'),
      await login(closed),
    ];

    expect(answers.map(codesOf)).toEqual([['UNAUTHENTICATED'], ['UNAUTHENTICATED'], ['UNAUTHENTICATED']]);
    expect(new Set(answers.map(({ errors }) => errors?.[0]?.message)).size).toBe(1);
  });

  it('takes as long for an unknown address as for a wrong password', async () => {
    const known = await Promise.all(Array.from({ length: 3 }, () => verified()));
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 21; round += 1) {
      times.known.push(await durationOf(() => login(known[round % 3] ?? '', 'not the password at all')));
      times.unknown.push(await durationOf(() => login(newAddress(), 'not the password at all')));
    }

    const ratio = median(times.known) / median(times.unknown);

    // Without the work of a password check the unknown would be faster by a factor of ten and more.
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('tells nobody by a registration and a login with its password whether the address had an account', async () => {
    const [known, unknown] = [await verified(), newAddress()];
    const asked: Answer[][] = [];
    for (const email of [known, unknown]) {
      await register(email, { password: 'eight green lanterns' });
      const answers: Answer[] = [];
      for (let tries = 0; tries < 11; tries += 1) answers.push(await login(email, 'eight green lanterns'));
      asked.push(answers);
    }

    const [ofKnown, ofUnknown] = asked.map((answers) => answers.map(({ data, errors }) => ({ data, errors })));

    expect(ofUnknown).toEqual(ofKnown);
    expect(codesOf(asked[1]?.[0] ?? {})).toEqual(['UNAUTHENTICATED']);
    expect(asked[1]?.[0]?.errors?.[0]?.message).toContain('verified');
  });

  it('brakes after ten wrong passwords in a quarter of an hour, alike for known and unknown addresses', async () => {
    const [known, unknown] = [await verified(), newAddress()];
    const codes: unknown[][] = [];
    for (const email of [known, unknown]) {
      const these: unknown[] = [];
      for (let tries = 0; tries < 11; tries += 1) these.push(...codesOf(await login(email, 'not the password at all')));
      codes.push(these);
    }

    expect(codes[0]).toEqual([...Array.from({ length: 10 }, () => 'UNAUTHENTICATED'), 'RATE_LIMITED']);
    expect(codes[1]).toEqual(codes[0]);
    expect(codesOf(await login(known))).toEqual(['RATE_LIMITED']);
    users.clock.advance(16 * MINUTE_MS);
    expect(codesOf(await login(known))).toEqual([]);
  });

  it('tells at most ten of many guesses that run at once whether they were right', async () => {
    const email = await verified();

    const answers = await Promise.all(Array.from({ length: 24 }, () => login(email, 'not the password at all')));

    const codes = answers.flatMap(codesOf);
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(14);
  });

  it('forgets wrong passwords after a right one, and never counts right ones', async () => {
    const email = await verified();
    for (let tries = 0; tries < 9; tries += 1) await login(email, 'not the password at all');
    await login(email);

    const answers = await Promise.all(Array.from({ length: 12 }, () => login(email)));

    expect(answers.flatMap(codesOf)).toEqual([]);
    expect(codesOf(await login(email, 'not the password at all'))).toEqual(['UNAUTHENTICATED']);
  });

  it('keeps no address in the table of attempts', async () => {
    await login('secret.person@example.org', 'not the password at all');

    const rows = await users.sql('SELECT * FROM attempt');
    expect(JSON.stringify(rows)).not.toContain('secret.person');
  });
});

/** What a client can tell two answers apart by, the address set aside. */
function shapeOf({ data, errors }: Answer, email: string): unknown {
  const { user, otpSentTo } = (data as { register: { user: Record<string, unknown>; otpSentTo: string } }).register;
  expect(otpSentTo).toBe(email);
  expect(user['id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(Math.abs(Date.parse(String(user['createdAt'])) - users.clock.now().getTime())).toBeLessThan(10_000);
  return { ...user, id: 'an id', email: user['email'] === email, createdAt: 'now', errors };
}

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
