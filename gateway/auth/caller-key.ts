import type { Identity } from '../../wire/identity.ts';

/**
 * A key that two callers share only when every rule of the schema and of the subgraphs sees the same in them. The session is part of
 * it: what a person asserts in one session must not end another. Written as JSON so that no choice of characters in one part can
 * pass for another part.
 */
export function callerKey(identity: Identity): string {
  if (identity.kind === 'anonymous') return 'anonymous';
  const { kind, subject, roles, scopes, sessionId } = identity;
  return JSON.stringify([kind, subject, [...roles].sort(), [...scopes].sort(), sessionId ?? null]);
}
