import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './post-operation.ts';
import { createSignIn } from './sign-in.ts';

const LIFETIME_S = 900;

/** A server that counts its tokens: access-1 and refresh-1, then access-2 and refresh-2. */
function createServer() {
  const calls: { query: string; variables: Record<string, unknown>; authorization: string | undefined }[] = [];
  let tokens = 0;
  let answer: ((query: string) => Outcome) | undefined;
  const next = () => {
    tokens++;
    return { accessToken: `access-${tokens}`, refreshToken: `refresh-${tokens}`, expiresIn: LIFETIME_S };
  };
  const post = async (query: string, variables: Record<string, unknown>, authorization: string | undefined) => {
    calls.push({ query, variables, authorization });
    await Promise.resolve();
    if (answer) return answer(query);
    if (query === 'Refresh') return { data: { refreshToken: next() } };
    if (query === 'Logout') return { data: { logout: true } };
    return { data: { login: { ...next(), user: { id: 'patient-1', name: 'Mona Saleh', role: 'PATIENT' } } } };
  };
  return { post, calls, answerWith: (given: typeof answer) => (answer = given) };
}

function createStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

function open() {
  const server = createServer();
  const storage = createStorage();
  const clock = { now: 1_000_000 };
  const create = () =>
    createSignIn({ post: server.post, operationText: (name) => name, now: () => clock.now, storage });
  return { server, storage, clock, create, signIn: create() };
}

const email = 'patient@example.com';

describe('the sign-in', () => {
  it('holds who has signed in, until when, and the token for the header', async () => {
    const { signIn, server } = open();

    await signIn.signIn(email, 'a password');

    expect(server.calls).toEqual([
      { query: 'Login', variables: { email, password: 'a password' }, authorization: undefined },
    ]);
    expect(signIn.store.get()).toMatchObject({
      status: 'signed-in',
      expiresAt: 1_000_000 + LIFETIME_S * 1000,
      session: { person: { id: 'patient-1', name: 'Mona Saleh', role: 'PATIENT', email } },
    });
    expect(await signIn.authorization()).toBe('Bearer access-1');
  });

  it('has no authorization while nobody is signed in', async () => {
    expect(await open().signIn.authorization()).toBeUndefined();
  });

  it('tells in words why it was refused, and is out of the account before', async () => {
    const { signIn, server, storage } = open();
    await signIn.signIn(email, 'a password');
    server.answerWith(() => ({ refusal: 'The e-mail address or the password is wrong.' }));

    await signIn.signIn('doctor@example.com', 'another password');

    expect(signIn.store.get()).toEqual({
      status: 'signed-out',
      notice: 'The e-mail address or the password is wrong.',
    });
    expect(storage.items.size).toBe(0);
  });

  it('tells in words that the gateway is away', async () => {
    const { signIn, server } = open();
    server.answerWith(() => {
      throw new Error('The gateway cannot be reached. Is it still running?');
    });

    await signIn.signIn(email, 'a password');

    expect(signIn.store.get()).toMatchObject({ notice: 'The gateway cannot be reached. Is it still running?' });
  });

  it('renews the access token once for all who wait, shortly before it expires', async () => {
    const { signIn, server, clock } = open();
    await signIn.signIn(email, 'a password');
    clock.now += LIFETIME_S * 1000 - 10_000;

    const both = await Promise.all([signIn.authorization(), signIn.authorization()]);

    expect(both).toEqual(['Bearer access-2', 'Bearer access-2']);
    expect(server.calls.slice(1)).toEqual([
      { query: 'Refresh', variables: { refreshToken: 'refresh-1' }, authorization: undefined },
    ]);
    expect(signIn.store.get()).toMatchObject({ status: 'signed-in', expiresAt: clock.now + LIFETIME_S * 1000 });
  });

  it('asks to sign in again when the refresh token is refused', async () => {
    const { signIn, server, clock } = open();
    await signIn.signIn(email, 'a password');
    clock.now += LIFETIME_S * 1000;
    server.answerWith(() => ({ refusal: 'The session has ended.' }));

    await expect(signIn.authorization()).rejects.toThrow(
      'The sign-in of patient@example.com has ended. Choose an account to sign in again.',
    );

    expect(signIn.store.get()).toMatchObject({ status: 'signed-out' });
    expect(await signIn.authorization()).toBeUndefined();
  });

  it('stays signed in when the gateway is away at the time of renewal', async () => {
    const { signIn, server, clock } = open();
    await signIn.signIn(email, 'a password');
    clock.now += LIFETIME_S * 1000;
    server.answerWith(() => {
      throw new Error('away');
    });
    await expect(signIn.authorization()).rejects.toThrow('away');

    server.answerWith(undefined);

    expect(await signIn.authorization()).toBe('Bearer access-2');
  });

  it('leaves the session of the account before as it is, for what still runs under it', async () => {
    const { signIn, clock } = open();
    await signIn.signIn(email, 'a password');
    const before = signIn.store.get();
    await signIn.signIn('doctor@example.com', 'a password');
    clock.now += LIFETIME_S * 1000;

    const renewed = before.status === 'signed-in' ? await before.session.authorization() : '';

    expect(renewed).toBe('Bearer access-3');
    expect(signIn.store.get()).toMatchObject({ session: { person: { email: 'doctor@example.com' } } });
  });

  it('ends at the server and on the page, and on the page even when the server is away', async () => {
    const { signIn, server, storage } = open();
    await signIn.signIn(email, 'a password');
    await signIn.signOut();
    expect(server.calls.at(-1)).toEqual({ query: 'Logout', variables: {}, authorization: 'Bearer access-1' });
    expect(signIn.store.get()).toEqual({ status: 'signed-out', notice: undefined });

    await signIn.signIn(email, 'a password');
    server.answerWith(() => {
      throw new Error('away');
    });
    await signIn.signOut();

    expect(signIn.store.get().status).toBe('signed-out');
    expect(storage.items.size).toBe(0);
  });

  it('survives a reload of the page, and storage that holds something else', async () => {
    const { signIn, storage, create } = open();
    await signIn.signIn(email, 'a password');

    expect(await create().authorization()).toBe('Bearer access-1');

    for (const key of storage.items.keys()) storage.setItem(key, '{"person":{"email":1}}');
    expect(create().store.get().status).toBe('signed-out');
  });
});
