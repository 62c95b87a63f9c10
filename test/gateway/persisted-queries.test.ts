import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { answerOf, startGateway, type TestGateway } from './support/start-gateway.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf, type TokenIssuer } from './support/token-issuer.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const byHash = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

const STORED = 'query Greeting($name: String!) { greeting(name: $name) }';

let subgraph: FakeSubgraph;
let issuer: TokenIssuer;
let gateway: TestGateway;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partners-'));
  const operations = [{ id: sha256(STORED), name: 'Greeting', type: 'query', body: STORED }];
  const partner = { id: 'acme', apiKeySha256: sha256('acme-key'), scopes: ['directory:read'], manifest: 'acme.json' };
  await writeFile(join(folder, 'partners.json'), JSON.stringify([partner]));
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
  await writeFile(join(folder, 'acme.json'), JSON.stringify(manifest));

  subgraph = await startFakeSubgraph(
    'hello',
    'type Query { hello: String greeting(name: String!): String } type Mutation { wave: String }',
    { Query: { hello: () => 'world', greeting: (_: unknown, { name }: { name: string }) => `hello ${name}` } },
  );
  issuer = await startTokenIssuer();
  const env = { PARTNERS_DIR: folder, JWKS_URL: issuer.jwksUrl, JWT_ISSUER: ISSUER, JWT_AUDIENCE: AUDIENCE };
  gateway = await startGateway([subgraph], { env });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([subgraph.stop(), issuer.stop(), rm(folder, { recursive: true })]);
});

const get = async (params: Record<string, string>) =>
  answerOf(await fetch(`${gateway.url}/graphql?${new URLSearchParams(params).toString()}`));

describe('automatic persisted queries', () => {
  it('are unknown at first, registered by POST with their text, and called by hash from then on', async () => {
    const query = '{ hello }';
    const extensions = byHash(sha256(query));

    const first = await gateway.post({ extensions });
    const second = await gateway.post({ query, extensions });
    const third = await gateway.post({ extensions });

    expect(first.status).toBe(200);
    expect(first.body.errors).toMatchObject([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    expect(second.body).toEqual({ data: { hello: 'world' } });
    expect(third.body).toEqual({ data: { hello: 'world' } });
  });

  it('work by GET', async () => {
    const query = '{ again: hello }';
    const extensions = JSON.stringify(byHash(sha256(query)));

    const first = await get({ extensions });
    await get({ query, extensions });
    const third = await get({ extensions });

    expect(first.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(third.body).toEqual({ data: { again: 'world' } });
  });

  it('do not take a text under the hash of another', async () => {
    const extensions = byHash(sha256('{ hello }  '));

    const { body } = await gateway.post({ query: '{ other: hello }', extensions });
    const after = await gateway.post({ extensions });

    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(after.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it.each(['{ hello', '{ nothing }'])('do not keep what is no valid document: %s', async (query) => {
    const extensions = byHash(sha256(query));

    await gateway.post({ query, extensions });
    const after = await gateway.post({ extensions });

    expect(after.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('do not run a mutation by GET, though POST registered it', async () => {
    const query = 'mutation { wave }';
    const extensions = byHash(sha256(query));
    await gateway.post({ query, extensions });

    const { status, body } = await get({ extensions: JSON.stringify(extensions) });

    expect(status).toBe(405);
    expect(body).not.toHaveProperty('data');
  });

  it.each([{ version: 2, sha256Hash: sha256('x') }, { version: 1 }, { version: 1, sha256Hash: '../etc' }, 'x'])(
    'need version 1 and a hash: %j',
    async (persistedQuery) => {
      const { body } = await gateway.post({ extensions: { persistedQuery } });

      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    },
  );
});

describe('a partner', () => {
  const partner = { 'x-api-key': 'acme-key' };
  const variables = { name: 'Ada' };

  it.each([
    { name: 'persistedQuery', body: { extensions: byHash(sha256(STORED)) } },
    { name: 'documentId', body: { documentId: sha256(STORED) } },
    { name: 'documentId with its algorithm', body: { documentId: `sha256:${sha256(STORED)}` } },
    { name: 'persistedQuery and its text', body: { query: STORED, extensions: byHash(sha256(STORED)) } },
  ])('runs a stored operation by $name', async ({ body }) => {
    const answer = await gateway.post({ ...body, variables }, partner);

    expect(answer.body).toEqual({ data: { greeting: 'hello Ada' } });
  });

  it('runs a stored operation by GET', async () => {
    const params = new URLSearchParams({ documentId: sha256(STORED), variables: JSON.stringify(variables) });

    const response = await fetch(`${gateway.url}/graphql?${params.toString()}`, { headers: partner });

    expect(await response.json()).toEqual({ data: { greeting: 'hello Ada' } });
  });

  it.each([
    { name: 'text', body: { query: '{ hello }' } },
    { name: 'the text of a stored operation without its id', body: { query: STORED, variables } },
    { name: 'another text under a stored id', body: { query: '{ hello }', extensions: byHash(sha256(STORED)) } },
    { name: 'a text with its own hash', body: { query: '{ x: hello }', extensions: byHash(sha256('{ x: hello }')) } },
    { name: 'an unknown id', body: { documentId: sha256('{ hello }') } },
    { name: 'nothing', body: {} },
  ])('runs nothing else: $name', async ({ body }) => {
    subgraph.received.length = 0;

    const answer = await gateway.post(body, partner);

    expect(answer.status).toBe(403);
    expect(answer.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_REQUIRED');
    expect(subgraph.received).toHaveLength(0);
  });

  it('cannot reach what others registered', async () => {
    const query = '{ mine: hello }';
    await gateway.post({ query, extensions: byHash(sha256(query)) });

    const { body } = await gateway.post({ extensions: byHash(sha256(query)) }, partner);

    expect(body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_REQUIRED');
  });

  it('is nobody without its key', async () => {
    const { status, body } = await gateway.post({ documentId: sha256(STORED) }, { 'x-api-key': 'acme-kez' });

    expect(status).toBe(401);
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('sends its key or an access token, not both', async () => {
    const token = await tokenOf(await issuer.addKey());

    const { body } = await gateway.post({ query: '{ hello }' }, { ...partner, authorization: `Bearer ${token}` });

    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('leaves its stored operations to itself: others do not call them by id', async () => {
    const { body } = await gateway.post({ documentId: sha256(STORED), variables });

    expect(body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});
