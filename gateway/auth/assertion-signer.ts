import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';
import { claimsOf, type Identity } from '../../wire/identity.ts';
import { ASSERTION_ISSUER } from '../../wire/names.ts';
import type { Caller } from '../context.ts';
import type { Clock } from '../lib/clock.ts';

const LIFETIME_S = 60;
/** What is sent is valid for fifteen seconds more, for a subgraph that is slow and a clock that is ahead. */
const FRESH_S = 45;

/** Tells subgraphs who is calling, in a way that only this gateway can. */
export interface AssertionSigner {
  /** A signed assertion of the caller for one subgraph (a JWT, valid for 60 seconds), at most 45 seconds old. */
  readonly sign: (caller: Caller, subgraph: string) => string;
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
  const write = createWriter({ alg: 'EdDSA', kid }, createPrivateKey({ key: { ...privateJwk }, format: 'jwk' }));
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
      const assertion = write({
        ...claimsOf(identity),
        iss: ASSERTION_ISSUER,
        aud: subgraph,
        iat: issuedAt,
        exp: issuedAt + LIFETIME_S,
      });
      bySubgraph.set(subgraph, { staleAtMs: nowMs + FRESH_S * 1000, assertion });
      return assertion;
    },
  };
}

interface Signed {
  readonly staleAtMs: number;
  readonly assertion: string;
}

/**
 * Builds what writes claims as a JWT (RFC 7515, section 7.1). Signed in this thread: a signature takes less time than it takes to
 * hand it to another one and to be told of it, and events for thousands of people need thousands.
 */
function createWriter(header: object, key: KeyObject): (claims: object) => string {
  const opening = `${base64url(header)}.`;
  return (claims) => {
    const signed = opening + base64url(claims);
    return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
  };
}

function base64url(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
