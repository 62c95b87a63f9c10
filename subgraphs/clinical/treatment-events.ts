import { z } from 'zod';
import type { DomainEvent } from '../../wire/domain-event.ts';
import type { NewTreatment } from './store-treatments.ts';

/** An appointment in one of these statuses makes the doctor a treating doctor; those who only were asked are none. */
const TREATING = ['CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED'] as const;

const TreatingAppointment = z.object({
  patientId: z.string().min(1),
  doctorId: z.string().min(1),
  status: z.enum(TREATING),
});

/** What an `appointment.status-changed` event says about who treats whom; `undefined` when it says nothing. */
export function treatmentOf({ data, time }: Pick<DomainEvent, 'data' | 'time'>): NewTreatment | undefined {
  const appointment = TreatingAppointment.safeParse(data);
  if (!appointment.success) return undefined;
  const { patientId, doctorId } = appointment.data;
  return { patientId, doctorId, since: new Date(time) };
}
