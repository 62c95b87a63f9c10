/** What a person or a system may be to the platform; FHIR's roles in the words of the contract. */
export const ROLES = ['PATIENT', 'DOCTOR', 'ASSISTANT', 'NURSE', 'PHARMACY', 'ADMIN', 'PARTNER'] as const;
export type Role = (typeof ROLES)[number];

/** Who is calling, as the gateway established it. `subject` is the user's id, or the partner's name. */
export type Identity =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user' | 'partner';
      readonly subject: string;
      readonly roles: readonly Role[];
      readonly scopes: readonly string[];
      /** The session that the access token in use belongs to: what signing out ends. Absent where the token names none. */
      readonly sessionId?: string;
    };

export const ANONYMOUS: Identity = { kind: 'anonymous' };

/** The claims of an identity assertion that say who is calling; `scope` is space-separated (RFC 8693, section 4.2). */
export interface IdentityClaims {
  readonly kind: Identity['kind'];
  readonly sub?: string;
  readonly roles?: readonly string[];
  readonly scope?: string;
  /** OpenID Connect's session id, as in the access token. */
  readonly sid?: string;
}

/** Writes an identity as claims of an assertion. */
export function claimsOf(identity: Identity): IdentityClaims {
  if (identity.kind === 'anonymous') return { kind: 'anonymous' };
  const { kind, subject, roles, scopes, sessionId } = identity;
  return { kind, sub: subject, roles, scope: scopes.join(' '), ...(sessionId !== undefined && { sid: sessionId }) };
}

/** Reads an identity from verified claims; `undefined` when they are not those of an identity, so that the caller is refused. */
export function identityFrom(claims: Readonly<Record<string, unknown>>): Identity | undefined {
  if (claims['kind'] === 'anonymous') return ANONYMOUS;
  if (claims['kind'] !== 'user' && claims['kind'] !== 'partner') return undefined;
  const { kind, sub, roles, scope, sid } = claims;
  if (typeof sub !== 'string' || sub === '' || !Array.isArray(roles) || typeof scope !== 'string') return undefined;
  const session = typeof sid === 'string' && sid !== '' ? { sessionId: sid } : {};
  return { kind, subject: sub, roles: roles.filter(isRole), scopes: scope.split(' ').filter(Boolean), ...session };
}

/** Whether a value is the name of a role; unknown names grant nothing. */
export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}
