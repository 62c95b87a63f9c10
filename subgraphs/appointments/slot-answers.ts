import { clientError } from '../shared/client-error.ts';
import type { Availability } from './availability.ts';
import type { AppointmentBookedRecord, AppointmentRecord, SlotRecord, SlotTakenRecord } from './records.ts';

export type BookingResult = AppointmentBookedRecord | SlotTakenRecord;

const ALTERNATIVES = 3;

/** The answer to a caller who has the slot. */
export function booked(appointment: AppointmentRecord): AppointmentBookedRecord {
  return { __typename: 'AppointmentBooked', appointment };
}

/** The answer to a caller who lost the slot: the doctor's next three free ones. */
export async function slotTaken(availability: Pick<Availability, 'next'>, doctorId: string): Promise<SlotTakenRecord> {
  return { __typename: 'SlotTaken', nextAvailableSlots: await availability.next([doctorId], ALTERNATIVES) };
}

/** The refusal of a time at which the patient is with a doctor already. */
export function patientBusy() {
  return clientError(
    'CONFLICT',
    'The patient has another appointment at this time: choose another slot, or cancel that one.',
  );
}

/** The slot, when it is there and starts in the future. Throws `BAD_USER_INPUT`. */
export function futureSlot(slot: SlotRecord | undefined, now: Date): SlotRecord {
  if (slot === undefined)
    throw clientError('BAD_USER_INPUT', '"slotId" names no slot: take one from "availableSlots".');
  if (slot.startsAt <= now) {
    throw clientError(
      'BAD_USER_INPUT',
      '"slotId" names a slot that has started already: take one from "availableSlots".',
    );
  }
  return slot;
}
