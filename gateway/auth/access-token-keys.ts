import { createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { GatewayError } from '../errors/gateway-error.ts';

/** The keys that access tokens are verified with, from the issuer's JWK Set. */
export interface AccessTokenKeys {
  /** Looks up a token's key; a `kid` that is not known yet fetches the set again, at most once in the cooldown. */
  readonly find: JWTVerifyGetKey;
  /** The set as last fetched, to be served again. */
  readonly published: () => Promise<JSONWebKeySet>;
}

interface Options {
  readonly url: string;
  /** How soon after a fetch an unknown `kid` may cause another: what keeps made-up tokens from flooding the issuer. */
  readonly cooldownMs?: number;
  readonly timeoutMs?: number;
}

/** Keys from the JWK Set at a URL, cached for ten minutes. A set that cannot be fetched throws `SUBGRAPH_UNAVAILABLE`, our fault. */
export function createAccessTokenKeys({ url, cooldownMs = 5_000, timeoutMs = 5_000 }: Options): AccessTokenKeys {
  const remote = createRemoteJWKSet(new URL(url), { cooldownDuration: cooldownMs, timeoutDuration: timeoutMs });
  return {
    find: async (header, token) => {
      try {
        return await remote(header, token);
      } catch (error) {
        throw isAboutTheToken(error) ? error : unavailable(error);
      }
    },
    published: async () => {
      try {
        if (!remote.fresh) await remote.reload();
      } catch (error) {
        throw unavailable(error);
      }
      return remote.jwks() ?? { keys: [] };
    },
  };
}

function isAboutTheToken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (
    code === 'ERR_JWKS_NO_MATCHING_KEY' ||
    code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS' ||
    code === 'ERR_JOSE_NOT_SUPPORTED'
  );
}

function unavailable(cause: unknown): GatewayError {
  return new GatewayError('SUBGRAPH_UNAVAILABLE', 'the keys of the token issuer cannot be fetched', {
    fault: 'internal',
    cause,
  });
}
