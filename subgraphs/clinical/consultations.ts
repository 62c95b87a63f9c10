import { randomUUID } from 'node:crypto';
import { boundedId, boundedText, optionalText } from '../shared/bounded-text.ts';
import { auditEntry, type Actor } from './audit.ts';
import type { RecordConsultationInput } from './generated/resolvers.ts';
import type { ConsultationRecord } from './records.ts';
import type { WriteStore } from './store-writes.ts';
import type { DemandTreatment } from './treating-doctor.ts';

export interface RecordConsultationOptions {
  readonly store: Pick<WriteStore, 'insertConsultation'>;
  readonly demandTreatment: DemandTreatment;
  readonly now: () => Date;
}

/**
 * Writes a consultation into the record of a patient whom the doctor treats. Throws `FORBIDDEN` when they do not, `BAD_USER_INPUT`
 * for texts that are empty or too long.
 */
export type RecordConsultation = (doctor: Actor, input: RecordConsultationInput) => Promise<ConsultationRecord>;

const MAX_DIAGNOSIS = 500;
const MAX_NOTES = 10_000;

export function createRecordConsultation({
  store,
  demandTreatment,
  now,
}: RecordConsultationOptions): RecordConsultation {
  return async (doctor, input) => {
    const consultation = {
      id: randomUUID(),
      patientId: boundedId('patientId', input.patientId),
      doctorId: doctor.subject,
      appointmentId: input.appointmentId == null ? null : boundedId('appointmentId', input.appointmentId),
      diagnosis: boundedText('diagnosis', input.diagnosis, MAX_DIAGNOSIS),
      notes: optionalText('notes', input.notes, MAX_NOTES),
      occurredAt: now(),
    };
    const reason = await demandTreatment(doctor, consultation.patientId, 'CREATE');
    const { patientId, occurredAt } = consultation;
    const entity = `Consultation/${consultation.id}`;
    const audit = auditEntry(doctor, { patientId, action: 'CREATE', outcome: 'SUCCESS', reason, entity }, occurredAt);
    return store.insertConsultation(consultation, audit);
  };
}
