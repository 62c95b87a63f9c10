import { createHash } from 'node:crypto';
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { identityFrom } from '../../wire/identity.ts';
import type { Caller } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { Clock } from '../lib/clock.ts';
import { callerKey } from './caller-key.ts';

/** Pinned: a token that names another algorithm, `none` or a symmetric one above all, is refused before any key is looked up. */
const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256'];
const CLOCK_TOLERANCE_S = 5;
const MAX_CACHED_TOKENS = 10_000;

interface Options {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly clock: Clock;
}

/**
 * Verifies access tokens (RFC 9068 in spirit: `iss`, `aud`, `exp` and `sub` must be there and hold) and says who they speak for.
 * Throws `TOKEN_EXPIRED`, `UNAUTHENTICATED`, or whatever the key source throws. A verified token is remembered until it ends,
 * by its hash, so that the cache holds nothing that could be used.
 */
export function createAccessTokenVerifier({
  issuer,
  audience,
  keys,
  clock,
}: Options): (token: string) => Promise<Caller> {
  const verified = new LRUCache<string, Caller>({ max: MAX_CACHED_TOKENS });
  return async (token) => {
    const hash = createHash('sha256').update(token).digest('base64');
    const known = verified.get(hash);
    if (known !== undefined) {
      if (!isOver(known, clock)) return known;
      verified.delete(hash);
      throw expired();
    }
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(clock()),
    }).catch((error: unknown) => {
      throw refusalOf(error);
    });
    const caller = callerOf(payload);
    verified.set(hash, caller);
    return caller;
  };
}

/** A token without roles or scopes grants none; the rest of an identity's claims is the same in token and assertion. */
function callerOf({ exp, ...claims }: JWTPayload): Caller {
  const identity = identityFrom({ roles: [], scope: '', ...claims, kind: 'user' });
  if (identity === undefined) throw new GatewayError('UNAUTHENTICATED', 'The access token names nobody.');
  return { identity, key: callerKey(identity), ...(exp === undefined ? {} : { expiresAtMs: exp * 1000 }) };
}

function isOver({ expiresAtMs }: Caller, clock: Clock): boolean {
  return expiresAtMs !== undefined && expiresAtMs + CLOCK_TOLERANCE_S * 1000 <= clock();
}

function expired(): GatewayError {
  return new GatewayError('TOKEN_EXPIRED', 'The access token has expired: refresh it, or sign in again.');
}

/** Jose's errors are told apart by their stable codes; anything else came from the key source and is not the caller's fault. */
function refusalOf(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof GatewayError || typeof code !== 'string' || !code.startsWith('ERR_J')) return error;
  if (code === 'ERR_JWT_EXPIRED') return expired();
  return new GatewayError('UNAUTHENTICATED', `The access token is not accepted: ${reasonOf(code, error)}.`, {
    cause: error,
  });
}

function reasonOf(code: string, error: unknown): string {
  if (code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS')
    return 'no key of its issuer matches its header';
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') return 'its signature does not hold';
  if (code === 'ERR_JOSE_ALG_NOT_ALLOWED') return 'its algorithm is not allowed';
  const claim = error instanceof Error && 'claim' in error ? error.claim : undefined;
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED' && typeof claim === 'string')
    return `its claim "${claim}" does not hold`;
  return 'it is not a signed token';
}
