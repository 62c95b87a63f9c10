import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADMIN,
  ASSISTANT,
  DOCTOR,
  DOCTOR2,
  HOUR_MS,
  NOW,
  NURSE,
  openClinic,
  PATIENT,
  PATIENT2,
  STRANGER_ASSISTANT,
  type Clinic,
} from '../../test/support/appointments-clinic.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';

const RESCHEDULE = `mutation Reschedule($id: ID!, $slotId: ID!) {
  rescheduleAppointment(id: $id, slotId: $slotId) {
    __typename
    ... on AppointmentBooked { appointment { id status startsAt endsAt workplace { id } statusHistory { status reason } } }
    ... on SlotTaken { nextAvailableSlots { id startsAt } }
  }
}`;

let clinic: Clinic;
let hour = 1;

beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

const act = (identity: Identity, field: string, id: string, reason?: string): Promise<Answer> =>
  reason === undefined
    ? clinic.ask(identity, `mutation Act($id: ID!) { result: ${field}(id: $id) { id status } }`, { id })
    : clinic.ask(
        identity,
        `mutation Act($id: ID!, $reason: String) {
          result: ${field}(id: $id, reason: $reason) { id status statusHistory { status occurredAt reason } }
        }`,
        { id, reason },
      );
const reschedule = (identity: Identity, id: string, slotId: string): Promise<Answer> =>
  clinic.ask(identity, RESCHEDULE, { id, slotId });
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];
const statusOf = (answer: Answer): unknown => (answer.data?.['result'] as { status: string } | undefined)?.status;
const rescheduledOf = (answer: Answer): Record<string, unknown> =>
  answer.data?.['rescheduleAppointment'] as Record<string, unknown>;
const nextHour = (): number => (hour += 1);
const eventsOf = (id: string): Promise<{ data: Record<string, unknown> }[]> =>
  clinic.rows('SELECT data FROM outbox WHERE subject = $1 ORDER BY sequence', [id]);

/** An appointment of the patient with the first doctor, in a status. */
async function appointmentIn(status: string): Promise<string> {
  const id = await clinic.book({ inHours: nextHour() });
  await clinic.setStatus(id, status);
  return id;
}

describe('a change of status', () => {
  it.each<[string, Identity, string, string]>([
    ['confirmAppointment', DOCTOR, 'REQUESTED', 'CONFIRMED'],
    ['confirmAppointment', ASSISTANT, 'REQUESTED', 'CONFIRMED'],
    ['rejectAppointment', DOCTOR, 'REQUESTED', 'REJECTED'],
    ['rejectAppointment', ASSISTANT, 'REQUESTED', 'REJECTED'],
    ['cancelAppointment', PATIENT, 'CONFIRMED', 'CANCELLED'],
    ['cancelAppointment', DOCTOR, 'REQUESTED', 'CANCELLED'],
    ['cancelAppointment', ASSISTANT, 'CHECKED_IN', 'CANCELLED'],
    ['checkInAppointment', NURSE, 'CONFIRMED', 'CHECKED_IN'],
    ['checkInAppointment', ASSISTANT, 'CONFIRMED', 'CHECKED_IN'],
    ['startAppointment', DOCTOR, 'CHECKED_IN', 'IN_PROGRESS'],
    ['completeAppointment', DOCTOR, 'CONFIRMED', 'COMPLETED'],
    ['completeAppointment', DOCTOR, 'IN_PROGRESS', 'COMPLETED'],
  ])('%s by %j: %s becomes %s, with one event', async (field, identity, from, to) => {
    const id = await appointmentIn(from);

    const answer = await act(identity, field, id);

    expect(answer).toEqual({ data: { result: { id, status: to } } });
    const events = await eventsOf(id);
    expect(events).toHaveLength(2);
    expect(events[1]?.data).toMatchObject({ appointmentId: id, previousStatus: from, status: to });
  });

  it('marks a no-show once the appointment has started, and not before', async () => {
    const started = await clinic.book({ inHours: -0.25 });
    const later = await appointmentIn('CONFIRMED');
    await clinic.setStatus(started, 'CONFIRMED');

    expect(statusOf(await act(NURSE, 'markAppointmentNoShow', started))).toBe('NO_SHOW');
    expect(codeOf(await act(NURSE, 'markAppointmentNoShow', later))).toBe('CONFLICT');
    expect(await eventsOf(later)).toHaveLength(1);
  });

  it('keeps who changed it, when and why', async () => {
    const id = await appointmentIn('REQUESTED');

    const answer = await act(DOCTOR, 'rejectAppointment', id, ' On leave ');

    expect(answer.data?.['result']).toEqual({
      id,
      status: 'REJECTED',
      statusHistory: [
        { status: 'REQUESTED', occurredAt: NOW.toISOString(), reason: null },
        { status: 'REJECTED', occurredAt: NOW.toISOString(), reason: 'On leave' },
      ],
    });
    const history = 'SELECT changed_by FROM appointment_status_event WHERE appointment_id = $1 ORDER BY version';
    expect(await clinic.rows(history, [id])).toEqual([{ changed_by: 'patient' }, { changed_by: 'doctor' }]);
    expect(JSON.stringify(await eventsOf(id))).not.toContain('On leave');
  });

  it('reads the history anew after each of several changes in one request', async () => {
    const id = await appointmentIn('REQUESTED');

    const { data } = await clinic.ask(
      DOCTOR,
      `mutation Both($id: ID!) {
        confirmAppointment(id: $id) { statusHistory { status } }
        completeAppointment(id: $id) { statusHistory { status } }
      }`,
      { id },
    );

    expect(data).toEqual({
      confirmAppointment: { statusHistory: [{ status: 'REQUESTED' }, { status: 'CONFIRMED' }] },
      completeAppointment: {
        statusHistory: [{ status: 'REQUESTED' }, { status: 'CONFIRMED' }, { status: 'COMPLETED' }],
      },
    });
  });

  it('is refused with the present status where the life of an appointment does not allow it', async () => {
    const id = await appointmentIn('CANCELLED');

    const answer = await act(DOCTOR, 'confirmAppointment', id);

    expect(codeOf(answer)).toBe('CONFLICT');
    expect(answer.errors?.[0]?.message).toBe(
      'The appointment is CANCELLED: only one that is REQUESTED can be confirmed. It can no longer change.',
    );
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('refuses reasons that are too long', async () => {
    const id = await appointmentIn('REQUESTED');

    expect(codeOf(await act(PATIENT, 'cancelAppointment', id, 'x'.repeat(1001)))).toBe('BAD_USER_INPUT');
  });
});

describe('who may change an appointment', () => {
  it.each<[string, string, Identity[]]>([
    ['confirmAppointment', 'REQUESTED', [DOCTOR2, STRANGER_ASSISTANT]],
    ['rejectAppointment', 'REQUESTED', [DOCTOR2, STRANGER_ASSISTANT]],
    ['cancelAppointment', 'REQUESTED', [PATIENT2, DOCTOR2, STRANGER_ASSISTANT]],
    ['checkInAppointment', 'CONFIRMED', [DOCTOR2, STRANGER_ASSISTANT, person('stranger-nurse', 'NURSE')]],
    ['startAppointment', 'CONFIRMED', [DOCTOR2]],
    ['completeAppointment', 'CONFIRMED', [DOCTOR2]],
    ['markAppointmentNoShow', 'CONFIRMED', [DOCTOR2, STRANGER_ASSISTANT]],
  ])('%s does not find an appointment of others', async (field, from, strangers) => {
    const id = await appointmentIn(from);

    for (const identity of strangers) {
      const answer = await act(identity, field, id);
      const missing = await act(identity, field, 'no-such-id');
      expect(codeOf(answer)).toBe('NOT_FOUND');
      expect(missing.errors).toEqual(answer.errors);
    }
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it.each<[string, Identity[]]>([
    ['confirmAppointment', [PATIENT, NURSE, ADMIN]],
    ['rejectAppointment', [PATIENT, NURSE, ADMIN]],
    ['cancelAppointment', [NURSE, ADMIN]],
    ['checkInAppointment', [PATIENT, ADMIN]],
    ['startAppointment', [PATIENT, ASSISTANT, NURSE, ADMIN]],
    ['completeAppointment', [PATIENT, ASSISTANT, NURSE, ADMIN]],
    ['markAppointmentNoShow', [PATIENT, ADMIN]],
  ])('%s is forbidden to other roles', async (field, others) => {
    const id = await appointmentIn('REQUESTED');

    for (const identity of others) expect(codeOf(await act(identity, field, id))).toBe('FORBIDDEN');
    expect(codeOf(await act(ANONYMOUS, field, id))).toBe('UNAUTHENTICATED');
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('does not let a doctor confirm their own visit to another doctor', async () => {
    const doctorAsPatient = person('doctor2', 'DOCTOR', 'PATIENT');
    const id = await clinic.book({ inHours: nextHour() }, doctorAsPatient);

    expect(codeOf(await act(doctorAsPatient, 'confirmAppointment', id))).toBe('FORBIDDEN');
    expect(statusOf(await act(doctorAsPatient, 'cancelAppointment', id))).toBe('CANCELLED');
  });

  it('lets an assignment count only with its own role', async () => {
    const id = await appointmentIn('REQUESTED');

    expect(codeOf(await act(person('nurse', 'ASSISTANT'), 'confirmAppointment', id))).toBe('NOT_FOUND');
  });
});

describe('changes at the same time', () => {
  it('confirm and reject: one wins, the other hears what became of the appointment', async () => {
    const id = await appointmentIn('REQUESTED');

    const answers = await Promise.all([
      act(DOCTOR, 'confirmAppointment', id),
      act(ASSISTANT, 'rejectAppointment', id),
      act(ASSISTANT, 'confirmAppointment', id),
      act(DOCTOR, 'rejectAppointment', id),
    ]);

    const winner = answers.filter(({ errors }) => errors === undefined);
    expect(winner).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'CONFLICT')).toHaveLength(3);
    expect(await clinic.rows('SELECT status FROM appointment WHERE id = $1', [id])).toEqual([
      { status: statusOf(winner[0] as Answer) },
    ]);
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('twenty confirmations of one request are one confirmation', async () => {
    const id = await appointmentIn('REQUESTED');

    const answers = await Promise.all(Array.from({ length: 20 }, () => act(DOCTOR, 'confirmAppointment', id)));

    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('cancelling and moving: one wins', async () => {
    const id = await appointmentIn('CONFIRMED');
    const slotId = await clinic.addSlot({ inHours: nextHour() });

    const [cancelled, moved] = await Promise.all([
      act(PATIENT, 'cancelAppointment', id),
      reschedule(DOCTOR, id, slotId),
    ]);

    expect([cancelled, moved].filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect([cancelled, moved].filter((answer) => codeOf(answer) === 'CONFLICT')).toHaveLength(1);
    expect(await eventsOf(id)).toHaveLength(2);
  });
});

describe('rescheduling', () => {
  it.each<[string, Identity, string, string]>([
    ['the patient', PATIENT, 'CONFIRMED', 'REQUESTED'],
    ['the patient', PATIENT, 'REQUESTED', 'REQUESTED'],
    ['the doctor', DOCTOR, 'CONFIRMED', 'CONFIRMED'],
    ['the assistant', ASSISTANT, 'REQUESTED', 'REQUESTED'],
  ])('by %s (%j) turns %s into %s', async (_, identity, from, to) => {
    const id = await appointmentIn(from);
    const inHours = nextHour();
    const slotId = await clinic.addSlot({ inHours });

    const answer = await reschedule(identity, id, slotId);

    const startsAt = new Date(NOW.getTime() + inHours * HOUR_MS).toISOString();
    expect(rescheduledOf(answer)).toMatchObject({
      __typename: 'AppointmentBooked',
      appointment: { id, status: to, startsAt, statusHistory: [{ status: 'REQUESTED' }, { status: to }] },
    });
    const events = await eventsOf(id);
    expect(events).toHaveLength(2);
    expect(events[1]?.data).toMatchObject({ previousStatus: from, status: to });
  });

  it('frees the slot that the appointment leaves', async () => {
    const id = await appointmentIn('CONFIRMED');
    const [left] = await clinic.rows<{ slot_id: string }>('SELECT slot_id FROM appointment WHERE id = $1', [id]);
    const slotId = await clinic.addSlot({ inHours: nextHour() });
    const other = await clinic.book({ inHours: nextHour() }, PATIENT2);

    await reschedule(DOCTOR, id, slotId);

    expect(rescheduledOf(await reschedule(DOCTOR, other, left?.slot_id ?? '')).__typename).toBe('AppointmentBooked');
  });

  it('moves to a slot that overlaps the one it leaves', async () => {
    const at = nextHour();
    const id = await clinic.book({ inHours: at, hours: 0.5 });
    const overlapping = await clinic.addSlot({ inHours: at + 0.25, hours: 0.5 });

    expect(rescheduledOf(await reschedule(DOCTOR, id, overlapping)).__typename).toBe('AppointmentBooked');
  });

  it('offers other slots when the wanted one is taken, and changes nothing', async () => {
    const id = await appointmentIn('CONFIRMED');
    const at = nextHour();
    await clinic.book({ inHours: at }, PATIENT2);
    const overlapping = await clinic.addSlot({ inHours: at + 0.25 });
    const before = await clinic.rows('SELECT * FROM appointment WHERE id = $1', [id]);

    const answer = await reschedule(PATIENT, id, overlapping);

    expect(rescheduledOf(answer).__typename).toBe('SlotTaken');
    expect(await clinic.rows('SELECT * FROM appointment WHERE id = $1', [id])).toEqual(before);
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('does not move a patient to a time at which they are elsewhere', async () => {
    const id = await appointmentIn('CONFIRMED');
    const at = nextHour();
    await clinic.book({ doctorId: 'doctor2', inHours: at });
    const slotId = await clinic.addSlot({ inHours: at });

    expect(codeOf(await reschedule(DOCTOR, id, slotId))).toBe('CONFLICT');
  });

  it('refuses slots of the past, of another doctor, none, and its own', async () => {
    const id = await appointmentIn('CONFIRMED');
    const [own] = await clinic.rows<{ slot_id: string }>('SELECT slot_id FROM appointment WHERE id = $1', [id]);
    const past = await clinic.addSlot({ inHours: -200 });
    const elsewhere = await clinic.addSlot({ doctorId: 'doctor2', inHours: nextHour() });

    for (const slotId of [past, elsewhere, 'nowhere', own?.slot_id ?? '']) {
      expect(codeOf(await reschedule(PATIENT, id, slotId))).toBe('BAD_USER_INPUT');
    }
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('is refused once the patient is there, and to others', async () => {
    const id = await appointmentIn('CHECKED_IN');
    const slotId = await clinic.addSlot({ inHours: nextHour() });

    expect(codeOf(await reschedule(DOCTOR, id, slotId))).toBe('CONFLICT');
    expect(codeOf(await reschedule(PATIENT2, id, slotId))).toBe('NOT_FOUND');
    expect(codeOf(await reschedule(DOCTOR2, id, slotId))).toBe('NOT_FOUND');
    expect(codeOf(await reschedule(NURSE, id, slotId))).toBe('FORBIDDEN');
    expect(codeOf(await reschedule(ANONYMOUS, id, slotId))).toBe('UNAUTHENTICATED');
  });

  it('two appointments that want one slot: one gets it', async () => {
    const ids = await Promise.all([
      clinic.book({ inHours: nextHour() }),
      clinic.book({ inHours: nextHour() }, PATIENT2),
      clinic.book({ inHours: nextHour() }, person('patient3', 'PATIENT')),
    ]);
    const slotId = await clinic.addSlot({ inHours: nextHour() });

    const answers = await Promise.all(ids.map((id) => reschedule(DOCTOR, id, slotId)));

    const outcomes = answers.map((answer) => rescheduledOf(answer).__typename).sort();
    expect(outcomes).toEqual(['AppointmentBooked', 'SlotTaken', 'SlotTaken']);
  });
});
