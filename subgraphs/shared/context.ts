import type { Identity } from '../../wire/identity.ts';
import { refusal } from '../../wire/access-shield.ts';

/** What every resolver knows of the request it serves; each subgraph adds its loaders and use cases. */
export interface RequestContext {
  readonly identity: Identity;
  readonly requestId: string;
}

/** The caller as a signed-in person. Throws `UNAUTHENTICATED` for anonymous callers, `FORBIDDEN` for partners. */
export function signedIn(identity: Identity): Extract<Identity, { kind: 'user' | 'partner' }> & { kind: 'user' } {
  if (identity.kind === 'anonymous') throw refusal('unauthenticated');
  if (identity.kind === 'partner') throw refusal('forbidden');
  return { ...identity, kind: 'user' };
}
