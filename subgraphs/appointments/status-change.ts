import { EVENT_TYPES } from '../../wire/names.ts';
import type { OutboxEvent } from '../shared/outbox.ts';
import type { AppointmentRecord, AppointmentStatus } from './records.ts';

/** One change of an appointment, as its history keeps it. */
export interface StatusChange {
  /** The id of the history's row and of the domain event. */
  readonly eventId: string;
  readonly previousStatus: AppointmentStatus | null;
  readonly occurredAt: Date;
  readonly changedBy: string;
  readonly reason: string | null;
}

/** The domain event that tells the world of a change: ids and status, for the patient, the doctor and the doctor's staff. */
export function statusChangedEvent(
  appointment: AppointmentRecord,
  { eventId, previousStatus, occurredAt }: StatusChange,
  staffIds: readonly string[],
): OutboxEvent {
  const { id, patientId, doctorId, workplaceId, status } = appointment;
  return {
    id: eventId,
    type: EVENT_TYPES.appointmentStatusChanged,
    subject: id,
    time: occurredAt,
    audience: [patientId, doctorId, ...staffIds],
    data: { appointmentId: id, patientId, doctorId, workplaceId, previousStatus, status },
  };
}
