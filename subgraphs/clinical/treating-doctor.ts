import { clientError } from '../shared/client-error.ts';
import { auditEntry, NO_GROUNDS, type Actor } from './audit.ts';
import type { Grounds } from './grounds.ts';
import type { AccessStore, AuditEntry } from './store-access.ts';

/**
 * Demands that a doctor treats a patient, which a consent to read does not replace. Answers with the grounds for the audit trail;
 * throws `FORBIDDEN` otherwise, and notes the attempt.
 */
export type DemandTreatment = (doctor: Actor, patientId: string, action: AuditEntry['action']) => Promise<Grounds>;

export function createDemandTreatment(
  store: Pick<AccessStore, 'relations' | 'recordAccess'>,
  now: () => Date,
): DemandTreatment {
  return async (doctor, patientId, action) => {
    const relations = await store.relations(doctor.subject, [patientId], now());
    if (relations.some(({ kind }) => kind === 'treatment')) return 'Treating doctor';
    await store.recordAccess([auditEntry(doctor, { patientId, action, outcome: 'DENIED', reason: NO_GROUNDS }, now())]);
    throw clientError('FORBIDDEN', 'You do not treat this patient.');
  };
}
