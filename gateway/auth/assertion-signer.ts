import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { claimsOf } from '../../wire/identity.ts';
import { ASSERTION_ISSUER } from '../../wire/names.ts';
import type { Caller } from '../context.ts';
import type { Clock } from '../lib/clock.ts';

const LIFETIME_S = 60;
const MAX_CACHED = 10_000;

/** Tells subgraphs who is calling, in a way that only this gateway can. */
export interface AssertionSigner {
  /** A signed assertion of the caller for one subgraph (a JWT, valid for 60 seconds), at most half its life old. */
  readonly sign: (caller: Caller, subgraph: string) => Promise<string>;
  /** What subgraphs verify it with. */
  readonly publicKeys: JSONWebKeySet;
}

/** Makes a new private Ed25519 key, for a gateway that was given none. */
export async function generateAssertionKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return exportJWK(privateKey);
}

/** Builds the signer of identity assertions from a private Ed25519 JWK. */
export async function createAssertionSigner(privateJwk: JWK, clock: Clock): Promise<AssertionSigner> {
  const { kty, crv, x } = privateJwk;
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new Error('an assertion key must be an Ed25519 JWK');
  const publicJwk: JWK = { kty, crv, x };
  const kid = await calculateJwkThumbprint(publicJwk);
  const key = await importJWK(privateJwk, 'EdDSA');
  const signed = new LRUCache<string, { readonly staleAtMs: number; readonly assertion: Promise<string> }>({
    max: MAX_CACHED,
  });

  return {
    publicKeys: { keys: [{ ...publicJwk, kid, alg: 'EdDSA', use: 'sig' }] },
    sign: (caller, subgraph) => {
      const nowMs = clock();
      const cacheKey = `${subgraph} ${caller.key}`;
      const known = signed.get(cacheKey);
      if (known !== undefined && nowMs < known.staleAtMs) return known.assertion;
      const issuedAt = Math.floor(nowMs / 1000);
      const assertion = new SignJWT({ ...claimsOf(caller.identity) })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(ASSERTION_ISSUER)
        .setAudience(subgraph)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_S)
        .sign(key);
      signed.set(cacheKey, { staleAtMs: nowMs + (LIFETIME_S / 2) * 1000, assertion });
      return assertion;
    },
  };
}
