import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';

export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'care';

interface SigningKey {
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'ES256' | 'RS256';
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  readonly publicJwk: JWK;
}

/** Issues access tokens with real keys, and publishes their public parts over HTTP. */
export interface TokenIssuer {
  readonly jwksUrl: string;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  /** Makes a new key and, where `isPublished`, adds it to the published set. */
  readonly addKey: (algorithm?: SigningKey['algorithm'], isPublished?: boolean) => Promise<SigningKey>;
  readonly stop: () => Promise<void>;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const published: JWK[] = [];
  let fetches = 0;
  let made = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    jwksUrl: `http://127.0.0.1:${port}/jwks.json`,
    fetches: () => fetches,
    addKey: async (algorithm = 'EdDSA', isPublished = true) => {
      const kid = `key-${(made += 1)}`;
      const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
      const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' };
      if (isPublished) published.push(publicJwk);
      return { kid, algorithm, privateKey, publicJwk };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Claims {
  readonly sub?: string;
  readonly iss?: string;
  readonly aud?: string;
  /** Seconds since the epoch; null leaves it out. */
  readonly exp?: number | null;
  readonly roles?: readonly string[];
  readonly scope?: string;
  readonly sid?: string;
}

/** A signed access token for Ada, a doctor, unless the claims say otherwise. */
export async function tokenOf({ kid, algorithm, privateKey }: SigningKey, claims: Claims = {}): Promise<string> {
  const { exp = Math.floor(Date.now() / 1000) + 900, ...rest } = claims;
  const payload = { sub: 'ada', iss: ISSUER, aud: AUDIENCE, roles: ['DOCTOR'], scope: 'records:read', ...rest };
  const token = new SignJWT({ ...payload, ...(exp === null ? {} : { exp }) });
  return token.setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);
}
