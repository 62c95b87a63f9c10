import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { ASSERTION_JWKS_PATH, IDENTITY_HEADER } from '../../wire/names.ts';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf, type TokenIssuer } from './support/token-issuer.ts';

const QUERY = { query: '{ hello }' };

let subgraph: FakeSubgraph;
let issuer: TokenIssuer;
let key: Awaited<ReturnType<TokenIssuer['addKey']>>;
let gateway: TestGateway;
let nowMs = Date.now();

const settings = (jwksUrl: string) => ({ JWKS_URL: jwksUrl, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

beforeAll(async () => {
  subgraph = await startFakeSubgraph('hello', 'type Query { hello: String }', { Query: { hello: () => 'world' } });
  issuer = await startTokenIssuer();
  key = await issuer.addKey();
  const argv = ['--forward-header', 'X-Tenant'];
  gateway = await startGateway([subgraph], { env: settings(issuer.jwksUrl), argv, clock: () => nowMs });
});

beforeEach(() => {
  subgraph.received.length = 0;
  nowMs = Date.now();
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([subgraph.stop(), issuer.stop()]);
});

/** The claims that the subgraph was told last, checked as a subgraph checks them. */
async function assertedClaims() {
  const keys = createRemoteJWKSet(new URL(ASSERTION_JWKS_PATH, gateway.url));
  const assertion = subgraph.received.at(-1)?.headers[IDENTITY_HEADER];
  if (typeof assertion !== 'string') throw new Error('the subgraph was told nothing');
  const expected = { issuer: 'caregraph-gateway', audience: 'hello', currentDate: new Date(nowMs) };
  const { payload } = await jwtVerify(assertion, keys, expected);
  return payload;
}

describe('what a subgraph is told of the caller', () => {
  it('is a signed assertion, meant for it alone, that lives for a minute', async () => {
    const token = await tokenOf(key, { sid: 'session-1' });

    const { body } = await gateway.post(QUERY, bearer(token));

    expect(body).toEqual({ data: { hello: 'world' } });
    const { kind, sub, roles, scope, sid, iat = 0, exp = 0 } = await assertedClaims();
    expect({ kind, sub, roles, scope, sid }).toEqual({
      kind: 'user',
      sub: 'ada',
      roles: ['DOCTOR'],
      scope: 'records:read',
      sid: 'session-1',
    });
    expect(exp - iat).toBe(60);
  });

  it('says "anonymous" of whoever sends no credentials', async () => {
    await gateway.post(QUERY);

    expect(await assertedClaims()).toMatchObject({ kind: 'anonymous' });
  });

  it('is the same assertion until it is 45 seconds old, and then a new one', async () => {
    const token = await tokenOf(key);
    const sent = (): unknown => subgraph.received.at(-1)?.headers[IDENTITY_HEADER];

    await gateway.post(QUERY, bearer(token));
    const first = sent();
    nowMs += 44_000;
    await gateway.post(QUERY, bearer(token));
    const second = sent();
    nowMs += 2_000;
    await gateway.post(QUERY, bearer(token));

    expect(second).toBe(first);
    expect(sent()).not.toBe(first);
  });

  it('never mixes up two sessions of one person', async () => {
    await gateway.post(QUERY, bearer(await tokenOf(key, { sid: 'one' })));
    await gateway.post(QUERY, bearer(await tokenOf(key, { sid: 'two' })));

    expect(await assertedClaims()).toMatchObject({ sid: 'two' });
  });

  it('ignores roles that do not exist', async () => {
    await gateway.post(QUERY, bearer(await tokenOf(key, { roles: ['PATIENT', 'ROOT'] })));

    expect((await assertedClaims())['roles']).toEqual(['PATIENT']);
  });

  it("takes nothing from the client's own headers but those that the operator named", async () => {
    const token = await tokenOf(key);

    await gateway.post(QUERY, {
      ...bearer(token),
      [IDENTITY_HEADER]: 'forged',
      cookie: 'a=b',
      'x-tenant': 't1',
      'x-forwarded-user': 'root',
      'x-request-id': 'abc-1',
    });

    const headers = subgraph.received.at(-1)?.headers ?? {};
    expect(headers).toMatchObject({ 'x-tenant': 't1', 'x-request-id': 'abc-1' });
    for (const name of ['authorization', 'cookie', 'x-forwarded-user']) expect(headers).not.toHaveProperty(name);
    expect(await assertedClaims()).toMatchObject({ sub: 'ada' });
  });
});

describe('an access token that does not hold', () => {
  const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
  const unsigned = (): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ sub: 'ada', iss: ISSUER, aud: AUDIENCE, exp: inSeconds(60) })}.`;
  };
  const cases: readonly { name: string; code: string; token: () => Promise<string> }[] = [
    { name: 'over', code: 'TOKEN_EXPIRED', token: () => tokenOf(key, { exp: inSeconds(-60) }) },
    { name: 'without an end', code: 'UNAUTHENTICATED', token: () => tokenOf(key, { exp: null }) },
    { name: 'for another audience', code: 'UNAUTHENTICATED', token: () => tokenOf(key, { aud: 'billing' }) },
    { name: 'of another issuer', code: 'UNAUTHENTICATED', token: () => tokenOf(key, { iss: 'https://evil.example' }) },
    { name: 'without a subject', code: 'UNAUTHENTICATED', token: () => tokenOf(key, { sub: '' }) },
    { name: 'with algorithm none', code: 'UNAUTHENTICATED', token: async () => unsigned() },
    {
      name: 'with an algorithm that is not pinned',
      code: 'UNAUTHENTICATED',
      token: async () => tokenOf(await issuer.addKey('RS256')),
    },
    {
      name: 'by an unknown key',
      code: 'UNAUTHENTICATED',
      token: async () => tokenOf(await issuer.addKey('EdDSA', false)),
    },
    {
      name: 'by another key under a known name',
      code: 'UNAUTHENTICATED',
      token: async () => {
        const other = await issuer.addKey('EdDSA', false);
        return tokenOf({ ...other, kid: key.kid });
      },
    },
    { name: 'that is no token', code: 'UNAUTHENTICATED', token: async () => 'abc' },
  ];

  it.each(cases)('is refused: $name', async ({ code, token }) => {
    const { status, headers, body } = await gateway.post(QUERY, bearer(await token()));

    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body.errors).toMatchObject([{ extensions: { code, requestId: headers.get('x-request-id') } }]);
    expect(body).not.toHaveProperty('data');
    expect(subgraph.received).toHaveLength(0);
  });

  it('is refused as soon as it is over, though it was accepted before', async () => {
    const token = await tokenOf(key, { exp: inSeconds(60) });
    const before = await gateway.post(QUERY, bearer(token));

    nowMs += 66_000;
    const after = await gateway.post(QUERY, bearer(token));

    expect(before.body.data).toEqual({ hello: 'world' });
    expect(after.body.errors?.[0]?.extensions.code).toBe('TOKEN_EXPIRED');
  });

  it('is refused when the header is not a bearer token', async () => {
    const { body } = await gateway.post(QUERY, { authorization: 'Basic YWRhOnB3' });

    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe("the issuer's keys", () => {
  it('rotate without a restart: an unknown key is looked for once, not for every forged token', async () => {
    const rotating = await startTokenIssuer();
    const first = await rotating.addKey();
    const other = await startGateway([subgraph], { env: settings(rotating.jwksUrl) });
    await other.post(QUERY, bearer(await tokenOf(first)));
    const second = await rotating.addKey('ES256');
    const forged = await rotating.addKey('EdDSA', false);

    const early = await other.post(QUERY, bearer(await tokenOf(forged)));
    const fetchesInCooldown = rotating.fetches();

    expect(early.body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(fetchesInCooldown).toBe(1);
    await untilAccepted(() => tokenOf(second), other);
    await Promise.all([other.stop(), rotating.stop()]);
  });

  it('are served again by the gateway', async () => {
    const response = await fetch(`${gateway.url}/.well-known/jwks.json`);

    expect(await response.json()).toMatchObject({
      keys: expect.arrayContaining([expect.objectContaining({ kid: key.kid })]),
    });
  });

  it("are not the caller's fault when they cannot be fetched", async () => {
    const other = await startGateway([subgraph], { env: settings('http://127.0.0.1:1/jwks.json') });

    const withToken = await other.post(QUERY, bearer(await tokenOf(key)));
    const without = await other.post(QUERY);

    expect(withToken.status).toBe(503);
    expect(withToken.body.errors).toMatchObject([
      { message: expect.not.stringContaining('127.0.0.1'), extensions: { code: 'SUBGRAPH_UNAVAILABLE' } },
    ]);
    expect(without.body.data).toEqual({ hello: 'world' });
    expect((await fetch(`${other.url}/.well-known/jwks.json`)).status).toBe(503);
    await other.stop();
  });

  it('are not needed in front of subgraphs that judge tokens themselves', async () => {
    const other = await startGateway([subgraph], { argv: ['--forward-header', 'authorization'] });

    const { body } = await other.post(QUERY, { authorization: 'whatever they use', 'x-api-key': 'theirs' });

    expect(body.data).toEqual({ hello: 'world' });
    expect(subgraph.received.at(-1)?.headers.authorization).toBe('whatever they use');
    await other.stop();
  });
});

/** The cooldown ends by the clock of the key set, which cannot be moved: asks until the new key is found. */
async function untilAccepted(token: () => Promise<string>, other: TestGateway): Promise<void> {
  for (;;) {
    const { body } = await other.post(QUERY, bearer(await token()));
    if (body.data !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
