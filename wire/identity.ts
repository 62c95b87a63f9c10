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
    };

export const ANONYMOUS: Identity = { kind: 'anonymous' };

/** The claims of an identity assertion that say who is calling; `scope` is space-separated (RFC 8693, section 4.2). */
export interface IdentityClaims {
  readonly kind: Identity['kind'];
  readonly sub?: string;
  readonly roles?: readonly string[];
  readonly scope?: string;
}

/** Writes an identity as claims of an assertion. */
export function claimsOf(identity: Identity): IdentityClaims {
  if (identity.kind === 'anonymous') return { kind: 'anonymous' };
  return { kind: identity.kind, sub: identity.subject, roles: identity.roles, scope: identity.scopes.join(' ') };
}

/** Reads an identity from verified claims; `undefined` when they are not those of an identity, so that the caller is refused. */
export function identityFrom(claims: Readonly<Record<string, unknown>>): Identity | undefined {
  if (claims['kind'] === 'anonymous') return ANONYMOUS;
  if (claims['kind'] !== 'user' && claims['kind'] !== 'partner') return undefined;
  const { kind, sub, roles, scope } = claims;
  if (typeof sub !== 'string' || sub === '' || !Array.isArray(roles) || typeof scope !== 'string') return undefined;
  return { kind, subject: sub, roles: roles.filter(isRole), scopes: scope.split(' ').filter(Boolean) };
}

/** Whether a value is the name of a role; unknown names grant nothing. */
export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role);
}
