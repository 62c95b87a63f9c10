import type { Caller } from './caller.ts';
import type { AppointmentRecord, ReferralRecord } from './records.ts';
import type { AppointmentStore } from './store-appointments.ts';

/** The appointments that the caller has to do with. */
export async function visibleAppointments(
  rows: readonly AppointmentRecord[],
  caller: Caller,
): Promise<readonly AppointmentRecord[]> {
  const capacities = await Promise.all(rows.map((row) => caller.capacitiesIn(row)));
  return rows.filter((_, index) => (capacities[index]?.size ?? 0) > 0);
}

/** A referral is for its patient, the two doctors, and a doctor who has or had an appointment with the patient. */
export async function visibleReferrals(
  rows: readonly ReferralRecord[],
  { identity }: Caller,
  { patientsWith }: Pick<AppointmentStore, 'patientsWith'>,
): Promise<readonly ReferralRecord[]> {
  if (identity.kind !== 'user' || rows.length === 0) return [];
  const { subject } = identity;
  const isDoctor = identity.roles.includes('DOCTOR');
  const treated = isDoctor ? await patientsWith(subject, [...new Set(rows.map((row) => row.patientId))]) : [];
  return rows.filter(
    ({ patientId, fromDoctorId, toDoctorId }) =>
      patientId === subject ||
      (isDoctor && (fromDoctorId === subject || toDoctorId === subject || treated.includes(patientId))),
  );
}
