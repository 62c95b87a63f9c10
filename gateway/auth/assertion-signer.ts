import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';
import { claimsOf, type Identity } from '../../wire/identity.ts';
import { ASSERTION_ISSUER } from '../../wire/names.ts';
import type { Caller } from '../context.ts';
import type { Clock } from '../lib/clock.ts';

const LIFETIME_S = 60;

/** Tells subgraphs who is calling, in a way that only this gateway can. */
export interface AssertionSigner {
  /** A signed assertion of the caller for one subgraph (a JWT, valid for 60 seconds), at most half its life old. */
  readonly sign: (caller: Caller, subgraph: string) => string | Promise<string>;
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
  // By the identity itself: a verified token's is the same object in every request, and two sessions of one person differ.
  const signed = new WeakMap<Identity, Map<string, Signed>>();

  return {
    publicKeys: { keys: [{ ...publicJwk, kid, alg: 'EdDSA', use: 'sig' }] },
    sign: ({ identity }, subgraph) => {
      const nowMs = clock();
      const bySubgraph = signed.get(identity) ?? new Map<string, Signed>();
      signed.set(identity, bySubgraph);
      const known = bySubgraph.get(subgraph);
      if (known !== undefined && nowMs < known.staleAtMs) return known.assertion;
      const issuedAt = Math.floor(nowMs / 1000);
      const assertion = new SignJWT({ ...claimsOf(identity) })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(ASSERTION_ISSUER)
        .setAudience(subgraph)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_S)
        .sign(key);
      const fresh: Signed = { staleAtMs: nowMs + (LIFETIME_S / 2) * 1000, assertion };
      bySubgraph.set(subgraph, fresh);
      return assertion.then((text) => (fresh.assertion = text));
    },
  };
}

interface Signed {
  readonly staleAtMs: number;
  /** Once it is there, nobody has to wait for it. */
  assertion: string | Promise<string>;
}
