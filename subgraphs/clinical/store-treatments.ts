import type { Transaction } from './store.ts';

export interface NewTreatment {
  readonly patientId: string;
  readonly doctorId: string;
  readonly since: Date;
}

/** Notes that a doctor treats a patient, since the earliest time that is known. May run again. */
export async function noteTreatment(transaction: Transaction, treatment: NewTreatment): Promise<void> {
  const { patientId, doctorId, since } = treatment;
  await transaction.$executeRaw`
    INSERT INTO treatment AS known (patient_id, doctor_id, since) VALUES (${patientId}, ${doctorId}, ${since})
    ON CONFLICT (patient_id, doctor_id) DO UPDATE SET since = least(known.since, excluded.since)`;
}
