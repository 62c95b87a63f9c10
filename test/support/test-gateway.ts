import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from 'jose';
import type { FastifyInstance } from 'fastify';
import { print, type DocumentNode, type GraphQLFormattedError } from 'graphql';
import { claimsOf, type Identity, type Role } from '../../wire/identity.ts';
import { ASSERTION_ISSUER, IDENTITY_HEADER, type SubgraphName } from '../../wire/names.ts';

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Stands where the gateway stands: signs assertions that a subgraph under test accepts. */
export interface TestGateway {
  readonly jwks: JSONWebKeySet;
  /** A signed assertion for the subgraph, valid for a minute. */
  assertion(identity: Identity, subgraph: SubgraphName): Promise<string>;
  /** Asks a subgraph's `/graphql` as a caller; throws unless the answer is a GraphQL result. */
  ask(target: Target, identity: Identity, query: string | DocumentNode, variables?: object): Promise<Answer>;
}

export interface Target {
  readonly name: SubgraphName;
  readonly app: FastifyInstance;
}

export async function createTestGateway(kid = 'test'): Promise<TestGateway> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] };
  const assertion = (identity: Identity, subgraph: SubgraphName): Promise<string> =>
    new SignJWT({ ...claimsOf(identity) })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setIssuer(ASSERTION_ISSUER)
      .setAudience(subgraph)
      .setExpirationTime('1 minute')
      .sign(privateKey);
  return {
    jwks,
    assertion,
    async ask({ name, app }, identity, query, variables = {}) {
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { [IDENTITY_HEADER]: await assertion(identity, name) },
        payload: { query: typeof query === 'string' ? query : print(query), variables },
      });
      const answer: unknown = response.json();
      if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
        throw new Error(`not a GraphQL result: ${response.statusCode} ${response.body.slice(0, 300)}`);
      }
      return answer as Answer;
    },
  };
}

/** The scopes that the users subgraph grants with each role. */
const ALL_SCOPES = ['appointments:write', 'records:read', 'records:write', 'orders:write'];

/** A signed-in person with a role, for tests. */
export function person(subject: string, ...roles: Role[]): Identity {
  return { kind: 'user', subject, roles, scopes: ALL_SCOPES };
}
