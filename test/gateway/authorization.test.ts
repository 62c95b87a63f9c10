import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf, type TokenIssuer } from './support/token-issuer.ts';

let subgraph: FakeSubgraph;
let issuer: TokenIssuer;
let key: Awaited<ReturnType<TokenIssuer['addKey']>>;
let gateway: TestGateway;

beforeAll(async () => {
  subgraph = await startFakeSubgraph(
    'records',
    `
    type Query { hello: String me: String @authenticated record: Record @policy(policies: [["role:DOCTOR"]]) }
    type Record { id: ID notes: String @requiresScopes(scopes: [["records:read"]]) }
    `,
    { Query: { hello: () => 'world', me: () => 'ada', record: () => ({ id: '1', notes: 'fine' }) } },
  );
  issuer = await startTokenIssuer();
  key = await issuer.addKey();
  const env = { JWKS_URL: issuer.jwksUrl, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  gateway = await startGateway([subgraph], { env });
});

beforeEach(() => {
  subgraph.received.length = 0;
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([subgraph.stop(), issuer.stop()]);
});

describe('an operation that asks for more than its caller may', () => {
  it('is refused whole, before any subgraph hears of it', async () => {
    const { status, body } = await gateway.post({ query: '{ hello me }' });

    expect(status).toBe(401);
    expect(body).not.toHaveProperty('data');
    expect(body.errors).toMatchObject([{ path: ['me'], extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(subgraph.received).toHaveLength(0);
  });

  it.each([
    { name: 'another role', claims: { roles: ['PATIENT'] }, path: ['record'] },
    { name: 'no such scope', claims: { scope: 'other' }, path: ['record', 'notes'] },
  ])('is forbidden to a caller with $name, who is signed in', async ({ claims, path }) => {
    const authorization = `Bearer ${await tokenOf(key, claims)}`;

    const { status, body } = await gateway.post({ query: '{ record { id notes } }' }, { authorization });

    expect(status).toBe(403);
    expect(body.errors).toMatchObject([{ path, extensions: { code: 'FORBIDDEN' } }]);
    expect(subgraph.received).toHaveLength(0);
  });

  it('says so with 200 to a client of application/json', async () => {
    const { status, body } = await gateway.post({ query: '{ me }' }, { accept: 'application/json' });

    expect(status).toBe(200);
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

it('runs for a caller who has what the schema demands', async () => {
  const authorization = `Bearer ${await tokenOf(key)}`;

  const { body } = await gateway.post({ query: '{ hello me record { id notes } }' }, { authorization });

  expect(body).toEqual({ data: { hello: 'world', me: 'ada', record: { id: '1', notes: 'fine' } } });
});
