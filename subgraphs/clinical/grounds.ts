import type { Identity } from '../../wire/identity.ts';
import type { Relation } from './store-access.ts';

/** Why somebody may read a patient's record; the words stand in the audit trail. */
export type Grounds = 'Own record' | 'Treating doctor' | 'Consent';

/** The scope without which nobody reads a record, whichever way they come. */
const READ_SCOPE = 'records:read';

/** Whether a caller's relations to patients can matter: a doctor who may read records at all. */
export function readsAsDoctor(caller: Identity): boolean {
  return caller.kind === 'user' && caller.roles.includes('DOCTOR') && caller.scopes.includes(READ_SCOPE);
}

/**
 * Decides why a caller may read a patient's record; `undefined`: not at all. The schema's rules guard fields, not entity
 * references, so role and scope are asked for here once more.
 */
export function groundsFor(
  caller: Identity,
  patientId: string,
  relations: readonly Pick<Relation, 'kind'>[],
): Grounds | undefined {
  if (caller.kind !== 'user' || !caller.scopes.includes(READ_SCOPE)) return undefined;
  if (caller.roles.includes('PATIENT') && caller.subject === patientId) return 'Own record';
  if (!readsAsDoctor(caller)) return undefined;
  if (relations.some(({ kind }) => kind === 'treatment')) return 'Treating doctor';
  return relations.some(({ kind }) => kind === 'consent') ? 'Consent' : undefined;
}
