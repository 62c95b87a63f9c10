import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { JOSEError } from 'jose/errors';
import { identityFrom, type Identity } from '../../wire/identity.ts';
import { ASSERTION_ISSUER, type SubgraphName } from '../../wire/names.ts';

/** Where the gateway's public keys come from: given, or fetched from the gateway and fetched again when a key is unknown. */
export type AssertionKeys = { readonly jwks: JSONWebKeySet } | { readonly url: URL };

/** Establishes who is calling from the value of the identity header; `undefined` when it does not hold. */
export type VerifyIdentity = (assertion: string | undefined) => Promise<Identity | undefined>;

/** A gateway that restarts has a new key; its first request must not wait long for the subgraph to learn of it. */
const UNKNOWN_KEY_COOLDOWN_MS = 1_000;

/**
 * Verifies the gateway's assertions (JWT, RFC 7519): EdDSA alone, meant for this subgraph, not expired. Throws when the keys cannot
 * be had, which is not the caller's fault.
 */
export function createIdentityVerifier(subgraph: SubgraphName, keys: AssertionKeys): VerifyIdentity {
  const key: JWTVerifyGetKey =
    'jwks' in keys
      ? createLocalJWKSet(keys.jwks)
      : createRemoteJWKSet(keys.url, { cooldownDuration: UNKNOWN_KEY_COOLDOWN_MS, timeoutDuration: 2_000 });
  return async (assertion) => {
    if (assertion === undefined) return undefined;
    try {
      const { payload } = await jwtVerify(assertion, key, {
        algorithms: ['EdDSA'],
        issuer: ASSERTION_ISSUER,
        audience: subgraph,
        requiredClaims: ['exp'],
        clockTolerance: 5,
      });
      return identityFrom(payload);
    } catch (error) {
      if (error instanceof JOSEError && error.code !== 'ERR_JWKS_TIMEOUT' && error.code !== 'ERR_JOSE_GENERIC')
        return undefined;
      throw error;
    }
  };
}
