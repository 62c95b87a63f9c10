import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { hash } from '@node-rs/argon2';
import { startUsers, type UsersUnderTest } from '../../test/support/users-subgraph.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { waitUntil } from '../../platform/wait-until.ts';
import { createUsersSubgraph, type UsersSubgraph } from './build.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PASSWORD = 'seven blue tractors';

let database: TestDatabase;
let users: UsersUnderTest;
const others: UsersSubgraph[] = [];

beforeAll(async () => {
  database = await createTestDatabase('users');
  users = await startUsers({ database, keyPollMs: 20 });
  await users.sql(
    `INSERT INTO account (id, email, password_hash, name, role, created_at, verified_at)
     VALUES ('a', 'a@example.org', $1, 'A', 'PATIENT', now(), now())`,
    [await hash(PASSWORD)],
  );
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.close()));
});
afterAll(async () => {
  await users.close();
  await database.drop();
});

async function otherInstance(): Promise<UsersSubgraph> {
  const other = await createUsersSubgraph(users.options);
  others.push(other);
  return other;
}

async function jwksOf({ app }: UsersSubgraph): Promise<JSONWebKeySet> {
  return (await app.inject({ url: '/.well-known/jwks.json' })).json();
}

async function kidsOf(subgraph: UsersSubgraph): Promise<string[]> {
  return (await jwksOf(subgraph)).keys.map(({ kid }) => kid ?? '');
}

async function accessToken(): Promise<string> {
  const { data } = await users.ask(
    `mutation { login(email: "a@example.org", password: "${PASSWORD}") { accessToken } }`,
  );
  return (data as { login: { accessToken: string } }).login.accessToken;
}

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  expect(await waitUntil(isTrue, 30_000)).toBe(true);
}

function holds(token: string, jwks: JSONWebKeySet): Promise<boolean> {
  return jwtVerify(token, createLocalJWKSet(jwks), { currentDate: users.clock.now() }).then(
    () => true,
    () => false,
  );
}

describe('signing keys', () => {
  it('are the same for all instances, however many start at once', async () => {
    const started = await Promise.all(Array.from({ length: 4 }, otherInstance));

    const kids = await kidsOf(users.subgraph);

    expect(kids).toHaveLength(1);
    for (const instance of started) expect(await kidsOf(instance)).toEqual(kids);
  });

  it('rotate without a restart: published before they sign, and until their last token has ended', async () => {
    const other = await otherInstance();
    const [first = ''] = await kidsOf(users.subgraph);
    const tokenOfFirst = await accessToken();

    users.clock.advance(30 * DAY_MS - 4 * MINUTE_MS);
    await eventually(async () => (await kidsOf(other)).length === 2 && (await kidsOf(users.subgraph)).length === 2);
    const second = (await kidsOf(other)).find((kid) => kid !== first);
    const announced = await jwksOf(other);
    expect(decodeProtectedHeader(await accessToken()).kid).toBe(first);

    users.clock.advance(5 * MINUTE_MS);
    const tokenOfSecond = await accessToken();
    expect(decodeProtectedHeader(tokenOfSecond).kid).toBe(second);
    expect(await holds(tokenOfSecond, announced)).toBe(true);
    expect(await kidsOf(other)).toContain(first);
    expect(decodeProtectedHeader(tokenOfFirst).kid).toBe(first);

    users.clock.advance(17 * MINUTE_MS);
    for (const instance of [other, users.subgraph]) {
      await eventually(async () => (await kidsOf(instance)).join() === second);
    }
  });

  it('rotate when the operator asks, once for however many ask', async () => {
    const before = await kidsOf(users.subgraph);
    const other = await otherInstance();

    await Promise.all([users.subgraph.rotateKeys(), other.rotateKeys(), users.subgraph.rotateKeys()]);

    const after = await kidsOf(users.subgraph);
    expect(after).toHaveLength(before.length + 1);
    await eventually(async () => (await kidsOf(other)).join() === after.join());
    users.clock.advance(5 * MINUTE_MS);
    expect(before).not.toContain(decodeProtectedHeader(await accessToken()).kid);
  });

  it('end with their rows: a deleted key is no longer published, and another signs at once', async () => {
    const stolen = await accessToken();
    await users.sql('DELETE FROM signing_key');

    await eventually(async () => !(await holds(stolen, await jwksOf(users.subgraph))));

    expect(await holds(await accessToken(), await jwksOf(users.subgraph))).toBe(true);
  });

  it('cannot be opened with another secret', async () => {
    const start = createUsersSubgraph({ ...users.options, secret: 'another secret, as long as the first' });

    await expect(start).rejects.toThrow(/cannot be opened: was SIGNING_KEY_SECRET changed\?/);
  });
});
