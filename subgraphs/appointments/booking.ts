import { clientError } from '../shared/client-error.ts';
import type { Availability } from './availability.ts';
import type { Caller } from './caller.ts';
import { checkedText, MAX_REASON } from './checked-text.ts';
import type { AppointmentType, SlotRecord } from './records.ts';
import { bookingKey, replayedBooking } from './replayed-booking.ts';
import { booked, futureSlot, patientBusy, slotTaken, type BookingResult } from './slot-answers.ts';
import type { AppointmentStore } from './store-appointments.ts';
import type { ChangeStore, NewAppointment } from './store-changes.ts';
import type { SlotStore } from './store-slots.ts';

export interface BookingInput {
  readonly slotId: string;
  readonly reason?: string | null | undefined;
  readonly type?: AppointmentType | null | undefined;
  readonly patientId?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface BookingParts {
  readonly changes: ChangeStore;
  readonly slots: Pick<SlotStore, 'byIds'>;
  readonly availability: Pick<Availability, 'next'>;
  readonly appointments: Pick<AppointmentStore, 'patientsWith'>;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Whom an appointment is for, and in which capacity the caller books it. */
interface Booker {
  readonly patientId: string;
  readonly as: 'PATIENT' | 'ASSISTANT';
}

export type BookAppointment = (caller: Caller, input: BookingInput) => Promise<BookingResult>;

const MAX_ID = 100;

/**
 * Books a slot: patients for themselves, assistants for a patient in the calendars that they look after. The slot's loss to
 * somebody else is an answer; anything else that stands against it is an error that says what to change.
 */
export function createBookAppointment(parts: BookingParts): BookAppointment {
  return async (caller, input) => {
    const booker = bookerOf(caller, input.patientId);
    const reason = checkedText('reason', input.reason, MAX_REASON);
    const type = input.type ?? 'IN_PERSON';
    const key = bookingKey(input.idempotencyKey, [input.slotId, booker.patientId, type, reason]);
    const bookedBy = caller.userId();

    const earlier = await replayedBooking(parts.changes, bookedBy, key);
    if (earlier !== undefined) return booked(earlier);

    const slot = await bookableSlot(parts, { caller, booker, slotId: input.slotId });
    const { patientId } = booker;
    return book(parts, { id: parts.newId(), status: 'REQUESTED', patientId, type, reason, slot, bookedBy, key });
  };
}

function bookerOf(caller: Caller, patientId: string | null | undefined): Booker {
  const { identity } = caller;
  const roles = identity.kind === 'user' ? identity.roles : [];
  const userId = caller.userId();
  if (roles.includes('PATIENT') && (patientId == null || patientId === userId))
    return { patientId: userId, as: 'PATIENT' };
  if (!roles.includes('ASSISTANT')) {
    throw clientError('FORBIDDEN', 'Patients book for themselves: leave "patientId" out.');
  }
  const checked = checkedText('patientId', patientId, MAX_ID);
  if (checked === null) throw clientError('BAD_USER_INPUT', '"patientId" must say whom the appointment is for.');
  return { patientId: checked, as: 'ASSISTANT' };
}

interface Wanted {
  readonly caller: Caller;
  readonly booker: Booker;
  readonly slotId: string;
}

async function bookableSlot(parts: BookingParts, { caller, booker, slotId }: Wanted): Promise<SlotRecord> {
  const [slot] = await parts.slots.byIds([slotId]);
  if (booker.as === 'ASSISTANT') {
    const isTheirs = slot !== undefined && (await caller.calendars()).get(slot.doctorId)?.has('ASSISTANT') === true;
    if (!isTheirs) throw clientError('NOT_FOUND', 'There is no such slot in the calendars that you look after.');
    await assertPatientOf(parts, slot.doctorId, booker.patientId);
  }
  return futureSlot(slot, parts.now());
}

/**
 * A confirmed appointment opens the patient's record to its doctor. So a first one is the patient's own doing: otherwise a doctor
 * and their assistant could open anybody's record between themselves.
 */
async function assertPatientOf({ appointments }: BookingParts, doctorId: string, patientId: string): Promise<void> {
  const [known] = await appointments.patientsWith(doctorId, [patientId]);
  if (known !== undefined) return;
  throw clientError('NOT_FOUND', 'This doctor has no such patient: a first appointment is booked by the patient.');
}

async function book(parts: BookingParts, appointment: NewAppointment): Promise<BookingResult> {
  const { slot, bookedBy, key } = appointment;
  const written = await parts.changes.book(appointment, {
    eventId: parts.newId(),
    previousStatus: null,
    occurredAt: parts.now(),
    changedBy: bookedBy,
    reason: null,
  });
  if (written.outcome === 'written') return booked(written.appointment);
  // The same request at the same time: whichever constraint stopped this one, the other one's appointment is the answer.
  const twin = await replayedBooking(parts.changes, bookedBy, key);
  if (twin !== undefined) return booked(twin);
  if (written.outcome === 'patient-busy') throw patientBusy();
  return slotTaken(parts.availability, slot.doctorId);
}
