import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, parse } from 'graphql';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { pino } from 'pino';
import { createTestGateway, person, type TestGateway } from '../../test/support/test-gateway.ts';
import { ANONYMOUS } from '../../wire/identity.ts';
import { ASSERTION_ISSUER, IDENTITY_HEADER } from '../../wire/names.ts';
import { clientError } from './client-error.ts';
import type { RequestContext } from './context.ts';
import { createSubgraphServer } from './subgraph-server.ts';
import { createIdentityVerifier } from './verify-identity.ts';

const typeDefs = parse(`
  type Query { caller: String requestId: String breaks(how: String!): String }
`);
const FAILURES: Readonly<Record<string, () => Error>> = {
  bug: () => new Error('SELECT secret FROM table_of_secrets'),
  meant: () => clientError('CONFLICT', 'It is taken already.'),
  uncoded: () => new GraphQLError('an error of ours without a code'),
  text: () => new Error('invalid byte sequence for encoding "UTF8": 0x00'),
};
const resolvers = {
  Query: {
    caller: (_: unknown, __: unknown, { identity }: RequestContext) => JSON.stringify(identity),
    requestId: (_: unknown, __: unknown, { requestId }: RequestContext) => requestId,
    breaks: (_: unknown, { how }: { how: string }) => {
      throw FAILURES[how]?.() ?? new Error('no such failure');
    },
  },
};

let gateway: TestGateway;
let app: FastifyInstance;
let isReady = true;
const logged: string[] = [];

beforeAll(async () => {
  gateway = await createTestGateway();
  app = await createSubgraphServer({
    schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
    verifyIdentity: createIdentityVerifier('users', { jwks: gateway.jwks }),
    createContext: (request) => request,
    checkReadiness: async () => {
      if (!isReady) throw new Error('the database is away');
    },
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
});
beforeEach(() => {
  isReady = true;
  logged.length = 0;
});
afterAll(() => app.close());

function post(headers: Record<string, string>, payload: object = { query: '{ caller }' }) {
  return app.inject({ method: 'POST', url: '/graphql', headers, payload });
}

async function assertion(claims: object, secondsLeft: number, audience = 'users', issuer = ASSERTION_ISSUER) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'own', alg: 'EdDSA', use: 'sig' }] };
  const token = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'own' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(Math.floor(Date.now() / 1000) + secondsLeft)
    .sign(privateKey);
  return { token, verify: createIdentityVerifier('users', { jwks }) };
}

describe('a subgraph', () => {
  it('hears from the gateway who is calling, the session included', async () => {
    const caller = { ...person('u1', 'PATIENT'), sessionId: 's1' };
    const headers = { [IDENTITY_HEADER]: await gateway.assertion(caller, 'users') };

    const response = await post(headers);

    expect(JSON.parse(response.json<{ data: { caller: string } }>().data.caller)).toEqual(caller);
  });

  it('answers 401 without an assertion, and runs nothing', async () => {
    const response = await post({}, { query: '{ breaks(how: "bug") }' });

    expect(response.statusCode).toBe(401);
    expect(response.json()).toEqual({
      errors: [{ message: 'This service answers only to the gateway.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(logged).toEqual([]);
  });

  it.each([
    ['meant for another subgraph', async () => gateway.assertion(ANONYMOUS, 'clinical')],
    ['of a stranger', async () => (await createTestGateway()).assertion(person('u1', 'ADMIN'), 'users')],
    ['that is not a token', async () => 'u1'],
    ['without a signature', async () => `${base64('{"alg":"none"}')}.${base64('{"kind":"anonymous","aud":"users"}')}.`],
    [
      'that was changed',
      async () =>
        (await gateway.assertion(person('u1', 'PATIENT'), 'users')).replace(
          /\.[^.]+\./,
          `.${base64('{"kind":"anonymous"}')}.`,
        ),
    ],
  ])('answers 401 to an assertion %s', async (_, made) => {
    expect((await post({ [IDENTITY_HEADER]: await made() })).statusCode).toBe(401);
  });

  it('masks what is not meant for clients, and logs it', async () => {
    const headers = { [IDENTITY_HEADER]: await gateway.assertion(ANONYMOUS, 'users') };

    const response = await post(headers, { query: '{ breaks(how: "bug") }' });

    expect(response.json()).toMatchObject({
      errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(response.body).not.toContain('SELECT');
    expect(logged.join()).toContain('table_of_secrets');
  });

  it.each([
    ['meant', 'It is taken already.', 'CONFLICT'],
    ['uncoded', 'Something went wrong on our side.', 'INTERNAL_SERVER_ERROR'],
    ['text', 'A text holds a character that cannot be stored, such as NUL.', 'BAD_USER_INPUT'],
  ])('answers an error that is %s with its code alone', async (how, message, code) => {
    const headers = { [IDENTITY_HEADER]: await gateway.assertion(ANONYMOUS, 'users') };

    const response = await post(headers, { query: `{ breaks(how: "${how}") }` });

    const { errors } = response.json<{ errors: object[] }>();
    expect(errors).toEqual([{ message, path: ['breaks'], locations: expect.anything(), extensions: { code } }]);
  });

  it('takes the id of the request from the gateway', async () => {
    const headers = { [IDENTITY_HEADER]: await gateway.assertion(ANONYMOUS, 'users'), 'x-request-id': 'r-1' };

    expect((await post(headers, { query: '{ requestId }' })).json()).toEqual({ data: { requestId: 'r-1' } });
  });

  it('tells everyone that it lives, and whether it is ready', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect((await app.inject('/health/ready')).statusCode).toBe(200);

    isReady = false;

    expect((await app.inject('/health/live')).statusCode).toBe(200);
    const response = await app.inject('/health/ready');
    expect(response.statusCode).toBe(503);
    expect(response.body).not.toContain('database');
  });

  it('refuses a body that is not JSON without a word about itself', async () => {
    const headers = {
      [IDENTITY_HEADER]: await gateway.assertion(ANONYMOUS, 'users'),
      'content-type': 'application/json',
    };

    const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: '{' });

    expect(response.statusCode).toBe(400);
    expect(response.body).not.toMatch(/stack|node_modules|SyntaxError/);
  });
});

describe('an assertion', () => {
  const claims = { kind: 'user', sub: 'u1', roles: ['PATIENT', 'EMPEROR'], scope: 'profile orders:write', sid: 's1' };

  it('names the caller, without roles that do not exist', async () => {
    const { token, verify } = await assertion(claims, 60);

    expect(await verify(token)).toEqual({
      kind: 'user',
      subject: 'u1',
      roles: ['PATIENT'],
      scopes: ['profile', 'orders:write'],
      sessionId: 's1',
    });
  });

  it.each([
    ['has ended', claims, -60, 'users', ASSERTION_ISSUER],
    ['is for another subgraph', claims, 60, 'clinical', ASSERTION_ISSUER],
    ['is of another issuer', claims, 60, 'users', 'https://caregraph.example'],
    ['names nobody', { ...claims, sub: '' }, 60, 'users', ASSERTION_ISSUER],
    ['has no kind', { ...claims, kind: undefined }, 60, 'users', ASSERTION_ISSUER],
    ['has roles that are no list', { ...claims, roles: 'ADMIN' }, 60, 'users', ASSERTION_ISSUER],
  ] as const)('that %s holds for nothing', async (_, made, secondsLeft, audience, issuer) => {
    const { token, verify } = await assertion(made, secondsLeft, audience, issuer);

    expect(await verify(token)).toBeUndefined();
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64url');
}
