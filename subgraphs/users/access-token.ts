import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Role } from '../../wire/identity.ts';
import type { SigningKeys } from './signing-keys.ts';

export const ACCESS_TOKEN_LIFETIME_S = 15 * 60;

/** What each role may ask for; the schemas demand these by `@requiresScopes`. */
const SCOPES: Readonly<Record<Role, readonly string[]>> = {
  PATIENT: ['profile', 'appointments:write', 'records:read', 'orders:write'],
  DOCTOR: ['profile', 'appointments:write', 'records:read', 'records:write'],
  ASSISTANT: ['profile', 'appointments:write'],
  NURSE: ['profile', 'appointments:write', 'records:read'],
  PHARMACY: ['profile'],
  ADMIN: ['profile'],
  PARTNER: [],
};

export interface AccessTokenOptions {
  readonly keys: Pick<SigningKeys, 'current'>;
  readonly issuer: string;
  readonly audience: string;
  readonly now: () => Date;
}

/** Issues an access token (JWT, RFC 9068) for a session of an account. */
export type IssueAccessToken = (
  account: { readonly id: string; readonly role: Role },
  sessionId: string,
) => Promise<string>;

export function createAccessTokenIssuer({ keys, issuer, audience, now }: AccessTokenOptions): IssueAccessToken {
  return async ({ id, role }, sessionId) => {
    const { kid, privateKey } = keys.current();
    const issuedAt = Math.floor(now().getTime() / 1000);
    return new SignJWT({ roles: [role], scope: SCOPES[role].join(' '), sid: sessionId })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .setSubject(id)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ACCESS_TOKEN_LIFETIME_S)
      .setJti(randomUUID())
      .sign(privateKey);
  };
}
