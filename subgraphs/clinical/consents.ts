import { boundedId } from '../shared/bounded-text.ts';
import { clientError } from '../shared/client-error.ts';
import { auditEntry, type Actor } from './audit.ts';
import type { Grounds } from './grounds.ts';
import type { ConsentRecord } from './records.ts';
import type { WriteStore } from './store-writes.ts';

export interface ConsentOptions {
  readonly store: Pick<WriteStore, 'openConsent' | 'closeConsent'>;
  readonly now: () => Date;
}

/**
 * Lets a doctor read the patient's record until `expiresAt`, or until revoked. While a consent for that doctor is open, it is that
 * one which gets the new expiry. Throws `BAD_USER_INPUT` for an expiry that has passed and for the patient's own id.
 */
export type GrantConsent = (patient: Actor, wish: ConsentWish) => Promise<ConsentRecord>;

export interface ConsentWish {
  readonly doctorId: string;
  readonly expiresAt?: Date | null | undefined;
}

/** Ends a consent at once; one that is revoked already stays as it is. Throws `NOT_FOUND` when the patient has none of that id. */
export type RevokeConsent = (patient: Actor, id: string) => Promise<ConsentRecord>;

const OWN: Grounds = 'Own record';

export function createGrantConsent({ store, now }: ConsentOptions): GrantConsent {
  return async (patient, wish) => {
    const at = now();
    const patientId = patient.subject;
    const doctorId = boundedId('doctorId', wish.doctorId);
    const expiresAt = wish.expiresAt ?? null;
    if (doctorId === patientId) {
      throw clientError('BAD_USER_INPUT', '"doctorId" is your own id; name the doctor who may read your record.');
    }
    if (expiresAt !== null && expiresAt <= at) {
      throw clientError('BAD_USER_INPUT', '"expiresAt" has passed; give an instant in the future, or none.');
    }
    return store.openConsent({ patientId, doctorId, at, expiresAt }, (consentId) =>
      auditEntry(
        patient,
        { patientId, action: 'CREATE', outcome: 'SUCCESS', reason: OWN, entity: `Consent/${consentId}` },
        at,
      ),
    );
  };
}

export function createRevokeConsent({ store, now }: ConsentOptions): RevokeConsent {
  return async (patient, id) => {
    const patientId = patient.subject;
    const consentId = boundedId('id', id);
    const entity = `Consent/${consentId}`;
    const audit = auditEntry(patient, { patientId, action: 'UPDATE', outcome: 'SUCCESS', reason: OWN, entity }, now());
    const consent = await store.closeConsent(consentId, patientId, audit);
    if (consent === null) throw clientError('NOT_FOUND', 'You have given no such consent.');
    return consent;
  };
}
