import type { Identity } from '../../wire/identity.ts';
import type { DoctorRecord } from './records.ts';

/** Whether a caller may know of a doctor: everybody of a verified one, the person and administrators of any. */
export function isVisibleTo(identity: Identity, doctor: Pick<DoctorRecord, 'id' | 'verificationStatus'>): boolean {
  if (doctor.verificationStatus === 'VERIFIED') return true;
  return identity.kind === 'user' && (identity.subject === doctor.id || identity.roles.includes('ADMIN'));
}
