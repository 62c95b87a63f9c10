import type { LoggedEvent } from '../../wire/domain-event.ts';
import { addCare } from './store-care.ts';
import type { Transaction } from './store.ts';

/** Statuses from which nobody comes to look after anybody. */
const WITHOUT_CARE = new Set(['REJECTED', 'CANCELLED']);

/**
 * Projects `appointment.status-changed`: everyone concerned but the patient comes to look after the patient, for their demographics.
 * It does not end with the appointment: who has treated somebody must be able to find out whom.
 */
export async function noteCare({ data, audience, time }: LoggedEvent, tx: Transaction): Promise<void> {
  const { patientId, status } = data;
  if (patientId == null || status == null || WITHOUT_CARE.has(status)) return;
  const memberIds = audience.filter((id) => id !== patientId);
  await addCare(tx, { patientId, memberIds, since: new Date(time) });
}
