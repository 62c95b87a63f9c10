import { clientError } from '../shared/client-error.ts';
import type { Availability } from './availability.ts';
import type { Caller } from './caller.ts';
import { appointmentFor, changedMeanwhile, type ChangingParts } from './changing.ts';
import type { AppointmentRecord, SlotRecord } from './records.ts';
import { booked, futureSlot, patientBusy, slotTaken, type BookingResult } from './slot-answers.ts';
import type { SlotStore } from './store-slots.ts';

export interface ReschedulingParts extends ChangingParts {
  readonly slots: Pick<SlotStore, 'byIds'>;
  readonly availability: Pick<Availability, 'next'>;
}

export type RescheduleAppointment = (
  caller: Caller,
  request: { readonly id: string; readonly slotId: string },
) => Promise<BookingResult>;

/**
 * Moves an appointment to another future slot of the same doctor. Moved by the patient it has to be confirmed again; moved by
 * the doctor's side it keeps its status. Fails as a change of status does; a slot that is taken is an answer, not an error.
 */
export function createRescheduleAppointment(parts: ReschedulingParts): RescheduleAppointment {
  return async (caller, { id, slotId }) => {
    const { appointment, capacities } = await appointmentFor(parts, { caller, action: 'reschedule', id });
    const slot = await otherSlot(parts, appointment, slotId);
    const isByCalendar = capacities.has('DOCTOR') || capacities.has('ASSISTANT');
    const written = await parts.changes.move(
      appointment,
      { status: isByCalendar ? appointment.status : 'REQUESTED', slot },
      {
        eventId: parts.newId(),
        previousStatus: appointment.status,
        occurredAt: parts.now(),
        changedBy: caller.userId(),
        reason: `Rescheduled from ${appointment.startsAt.toISOString()} to ${slot.startsAt.toISOString()}`,
      },
    );
    if (written.outcome === 'written') return booked(written.appointment);
    if (written.outcome === 'doctor-busy') return slotTaken(parts.availability, appointment.doctorId);
    if (written.outcome === 'patient-busy') throw patientBusy();
    throw await changedMeanwhile(parts, { action: 'reschedule', id });
  };
}

async function otherSlot(
  parts: ReschedulingParts,
  appointment: AppointmentRecord,
  slotId: string,
): Promise<SlotRecord> {
  const [found] = await parts.slots.byIds([slotId]);
  const slot = futureSlot(found, parts.now());
  if (slot.doctorId !== appointment.doctorId) {
    throw clientError(
      'BAD_USER_INPUT',
      '"slotId" must name a slot of the same doctor: cancel and book to change the doctor.',
    );
  }
  if (slot.id === appointment.slotId) {
    throw clientError('BAD_USER_INPUT', '"slotId" names the slot that the appointment has already.');
  }
  return slot;
}
