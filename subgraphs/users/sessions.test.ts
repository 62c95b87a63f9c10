import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { codesOf, codeTo, startUsers, type UsersUnderTest } from '../../test/support/users-subgraph.ts';
import type { Answer } from '../../test/support/test-gateway.ts';
import { identityFrom, isRole, type Identity } from '../../wire/identity.ts';

const PASSWORD = 'seven blue tractors';
const TOKENS = 'accessToken refreshToken expiresIn tokenType user { id email }';
const DAY_MS = 24 * 60 * 60_000;

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string; readonly email: string };
}

let users: UsersUnderTest;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.close());

let count = 0;
async function signUp(role = 'PATIENT'): Promise<Tokens> {
  count += 1;
  const email = `holder.${count}@example.org`;
  await users.ask('mutation ($input: RegisterInput!) { register(input: $input) { otpSentTo } }', {
    input: { email, password: PASSWORD, name: 'Some Body', role },
  });
  const code = codeTo(email, users.mails);
  return tokensOf(
    await users.ask(
      `mutation ($email: EmailAddress!, $code: String!) { verifyOtp(email: $email, code: $code) { ${TOKENS} } }`,
      { email, code },
    ),
  );
}

function login(email: string, password = PASSWORD): Promise<Answer> {
  return users.ask(
    `mutation ($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) { ${TOKENS} } }`,
    { email, password },
  );
}

function refresh(refreshToken: string): Promise<Answer> {
  return users.ask(`mutation ($token: String!) { refreshToken(refreshToken: $token) { ${TOKENS} } }`, {
    token: refreshToken,
  });
}

function changePassword(tokens: Tokens, current: string, next: string): Promise<Answer> {
  return users.ask(
    'mutation ($current: String!, $next: String!) { changePassword(currentPassword: $current, newPassword: $next) }',
    { current, next },
    callerOf(tokens.accessToken),
  );
}

function tokensOf({ data, errors }: Answer): Tokens {
  const [tokens] = Object.values(data ?? {});
  if (typeof tokens !== 'object' || tokens === null) throw new Error(JSON.stringify(errors));
  return tokens as Tokens;
}

/** Who the gateway would say is calling with an access token. */
function callerOf(accessToken: string): Identity {
  const identity = identityFrom({ kind: 'user', ...decodeJwt(accessToken) });
  if (identity === undefined) throw new Error('the access token names nobody');
  return identity;
}

const sessionOf = ({ accessToken }: Tokens): unknown => decodeJwt(accessToken)['sid'];

/** The sessions of a person of whose end gateways are told. */
async function endings(userId: string): Promise<string[]> {
  const rows = await users.sql<{ subject: string }>(
    "SELECT subject FROM outbox WHERE type = 'session.ended' AND audience = ARRAY[$1] AND data = '{}' ORDER BY sequence",
    [userId],
  );
  return rows.map(({ subject }) => subject);
}

async function publicKeys(): Promise<JSONWebKeySet> {
  const response = await users.subgraph.app.inject({ url: '/.well-known/jwks.json' });
  expect(response.headers['cache-control']).toBe('public, max-age=60');
  return response.json();
}

describe('the access token', () => {
  it.each([
    ['PATIENT', 'profile appointments:write records:read orders:write'],
    ['DOCTOR', 'profile appointments:write records:read records:write'],
    ['ASSISTANT', 'profile appointments:write'],
    ['NURSE', 'profile appointments:write records:read'],
    ['PHARMACY', 'profile'],
  ])('of a %s says who, what role, which scopes, for a quarter of an hour', async (role, scope) => {
    const { accessToken, user } = await signUp(role);

    const { payload, protectedHeader } = await jwtVerify(accessToken, createLocalJWKSet(await publicKeys()), {
      issuer: 'https://caregraph.example',
      audience: 'caregraph',
      typ: 'at+jwt',
      algorithms: ['EdDSA'],
      currentDate: users.clock.now(),
    });

    expect(protectedHeader.kid).toMatch(/^[\w-]{43}$/);
    expect(payload).toMatchObject({ sub: user.id, roles: [role], scope });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload['sid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(isRole(role)).toBe(true);
  });

  it('is signed by a key whose private part is neither published nor readable in the database', async () => {
    const { keys } = await publicKeys();
    const rows = await users.sql<{ sealed_private: string }>('SELECT * FROM signing_key');

    expect(keys.flatMap(Object.keys)).not.toContain('d');
    expect(rows[0]?.sealed_private.split('.')).toHaveLength(5);
    expect(JSON.stringify(rows)).not.toContain('"d"');
  });
});

describe('refreshToken', () => {
  it('trades a token for new ones of the same session', async () => {
    const first = await signUp();

    const second = tokensOf(await refresh(first.refreshToken));

    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.user).toEqual(first.user);
    expect(decodeJwt(second.accessToken)['sid']).toBe(decodeJwt(first.accessToken)['sid']);
    expect(decodeJwt(second.accessToken).jti).not.toBe(decodeJwt(first.accessToken).jti);
  });

  it('keeps no token as it is', async () => {
    const { refreshToken } = await signUp();

    expect(JSON.stringify(await users.sql('SELECT * FROM refresh_token'))).not.toContain(refreshToken);
  });

  it('ends the whole session when a token is used twice, for thief and owner alike', async () => {
    const stolen = await signUp();
    const thief = tokensOf(await refresh(stolen.refreshToken));

    expect(codesOf(await refresh(stolen.refreshToken))).toEqual(['UNAUTHENTICATED']);
    expect(await endings(stolen.user.id)).toEqual([sessionOf(stolen)]);
    expect(codesOf(await refresh(thief.refreshToken))).toEqual(['UNAUTHENTICATED']);
    const sid = decodeJwt(stolen.accessToken)['sid'];
    expect(await users.sql('SELECT end_reason FROM session WHERE id = $1', [sid])).toEqual([{ end_reason: 'reuse' }]);
  });

  it('leaves other sessions of the account alone', async () => {
    const phone = await signUp();
    const laptop = tokensOf(await login(phone.user.email));
    await refresh(phone.refreshToken);
    await refresh(phone.refreshToken);

    expect(codesOf(await refresh(laptop.refreshToken))).toEqual([]);
  });

  it('succeeds once of twenty uses at once, and the session is over then', async () => {
    const { refreshToken, accessToken } = await signUp();

    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));

    const winners = answers.filter(({ errors }) => errors === undefined);
    expect(winners).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 19 }, () => 'UNAUTHENTICATED'));
    expect(codesOf(await refresh(winners.map(tokensOf)[0]?.refreshToken ?? ''))).toEqual(['UNAUTHENTICATED']);
    const sid = decodeJwt(accessToken)['sid'];
    expect(await users.sql('SELECT end_reason FROM session WHERE id = $1', [sid])).toEqual([{ end_reason: 'reuse' }]);
    expect(await users.sql('SELECT 1 FROM refresh_token WHERE session_id = $1', [sid])).toHaveLength(2);
  });

  it('refuses what it never gave out', async () => {
    for (const token of ['', 'x', 'A'.repeat(43), 'ü'.repeat(5000)]) {
      expect(codesOf(await refresh(token))).toEqual(['UNAUTHENTICATED']);
    }
  });

  it('refuses a token after thirty days, and accepts it before', async () => {
    const { refreshToken } = await signUp();
    users.clock.advance(29 * DAY_MS);
    const next = tokensOf(await refresh(refreshToken));
    users.clock.advance(30 * DAY_MS + 1000);

    expect(codesOf(await refresh(next.refreshToken))).toEqual(['UNAUTHENTICATED']);
  });

  it('fails for an account that was closed', async () => {
    const { refreshToken, user } = await signUp();
    await users.sql('UPDATE account SET deactivated_at = now() WHERE id = $1', [user.id]);

    expect(codesOf(await refresh(refreshToken))).toEqual(['UNAUTHENTICATED']);
  });
});

describe('logout', () => {
  it('ends the session of the access token in use, and no other', async () => {
    const phone = await signUp();
    const laptop = tokensOf(await login(phone.user.email));

    const answer = await users.ask('mutation { logout }', {}, callerOf(phone.accessToken));

    expect(answer).toEqual({ data: { logout: true } });
    expect(await endings(phone.user.id)).toEqual([sessionOf(phone)]);
    expect(codesOf(await refresh(phone.refreshToken))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await refresh(laptop.refreshToken))).toEqual([]);
  });

  it('is for the signed-in', async () => {
    expect(codesOf(await users.ask('mutation { logout }'))).toEqual(['UNAUTHENTICATED']);
  });
});

describe('changePassword', () => {
  it('changes it, ends every other session, and tells the owner', async () => {
    const phone = await signUp();
    const laptop = tokensOf(await login(phone.user.email));

    const answer = await changePassword(phone, PASSWORD, 'eight red tractors');

    expect(answer).toEqual({ data: { changePassword: true } });
    expect(await endings(phone.user.id)).toEqual([sessionOf(laptop)]);
    expect(codesOf(await refresh(laptop.refreshToken))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await refresh(phone.refreshToken))).toEqual([]);
    expect(codesOf(await login(phone.user.email))).toEqual(['UNAUTHENTICATED']);
    expect(codesOf(await login(phone.user.email, 'eight red tractors'))).toEqual([]);
    expect(users.mails.at(-1)).toMatchObject({ to: phone.user.email, subject: 'Your CareGraph password was changed' });
  });

  it.each([
    ['a wrong current one', 'not the password at all', 'eight red tractors', 'currentPassword'],
    ['a weak new one', PASSWORD, 'short', 'newPassword'],
    ['the same again', PASSWORD, PASSWORD, 'newPassword'],
  ])('refuses %s, and changes nothing', async (_, current, next, field) => {
    const tokens = await signUp();

    const answer = await changePassword(tokens, current, next);

    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(field);
    expect(codesOf(await login(tokens.user.email))).toEqual([]);
  });

  it('brakes whoever guesses the current one', async () => {
    const tokens = await signUp();
    for (let tries = 0; tries < 10; tries += 1) await changePassword(tokens, 'not it at all', 'eight red tractors');

    expect(codesOf(await changePassword(tokens, PASSWORD, 'eight red tractors'))).toEqual(['RATE_LIMITED']);
  });

  it('lets one of two changes at once win', async () => {
    const tokens = await signUp();
    const other = tokensOf(await login(tokens.user.email));

    const answers = await Promise.all([
      changePassword(tokens, PASSWORD, 'eight red tractors'),
      changePassword(other, PASSWORD, 'nine green tractors'),
    ]);

    const [lost, ...more] = answers.flatMap(codesOf);
    expect(['CONFLICT', 'BAD_USER_INPUT']).toContain(lost);
    expect(more).toEqual([]);
  });
});
