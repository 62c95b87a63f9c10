import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADMIN,
  ASSISTANT,
  DOCTOR,
  HOUR_MS,
  NOW,
  openClinic,
  PATIENT,
  PATIENT2,
  STRANGER_ASSISTANT,
  type Clinic,
} from '../../test/support/appointments-clinic.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { IDENTITY_HEADER } from '../../wire/names.ts';

const BOOK = `mutation Book($input: BookAppointmentInput!) {
  bookAppointment(input: $input) {
    __typename
    ... on AppointmentBooked {
      appointment { id status startsAt endsAt type reason doctor { id } patient { id } workplace { id } statusHistory { status } }
    }
    ... on SlotTaken { nextAvailableSlots { id startsAt } }
  }
}`;

interface Booked {
  readonly __typename: 'AppointmentBooked' | 'SlotTaken';
  readonly appointment?: { readonly id: string };
  readonly nextAvailableSlots?: readonly { readonly id: string; readonly startsAt: string }[];
}

let clinic: Clinic;

beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

const book = (identity: Identity, input: object): Promise<Answer> => clinic.ask(identity, BOOK, { input });
const resultOf = (answer: Answer): Booked => answer.data?.['bookAppointment'] as Booked;
const isBooked = ({ data }: Answer): boolean =>
  (data?.['bookAppointment'] as Booked | undefined)?.__typename === 'AppointmentBooked';
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];
const countOf = async (table: string, slotId: string): Promise<number> =>
  (
    await clinic.rows<{ id: string }>(
      table === 'appointment'
        ? 'SELECT id FROM appointment WHERE slot_id = $1'
        : `SELECT event_id AS id FROM outbox WHERE subject IN (SELECT id FROM appointment WHERE slot_id = $1)`,
      [slotId],
    )
  ).length;

describe('booking', () => {
  it('books a free slot for the patient, and writes the history and the event with it', async () => {
    const slotId = await clinic.addSlot({ inHours: 10 });

    const answer = await book(PATIENT, { slotId, reason: '  Recurring headache ', type: 'VIDEO' });

    expect(answer.errors).toBeUndefined();
    const startsAt = new Date(NOW.getTime() + 10 * HOUR_MS).toISOString();
    const endsAt = new Date(NOW.getTime() + 10.5 * HOUR_MS).toISOString();
    expect(resultOf(answer)).toEqual({
      __typename: 'AppointmentBooked',
      appointment: {
        id: expect.any(String),
        status: 'REQUESTED',
        startsAt,
        endsAt,
        type: 'VIDEO',
        reason: 'Recurring headache',
        doctor: { id: 'doctor' },
        patient: { id: 'patient' },
        workplace: { id: 'doctor-clinic' },
        statusHistory: [{ status: 'REQUESTED' }],
      },
    });
    const id = resultOf(answer).appointment?.id;
    const events = await clinic.rows(
      `SELECT outbox.*, history.occurred_at FROM outbox
       JOIN appointment_status_event AS history USING (event_id) WHERE subject = $1`,
      [id],
    );
    expect(events).toEqual([
      expect.objectContaining({
        type: 'appointment.status-changed',
        time: NOW,
        occurred_at: NOW,
        audience: ['patient', 'doctor', 'assistant', 'nurse'],
        data: {
          appointmentId: id,
          patientId: 'patient',
          doctorId: 'doctor',
          workplaceId: 'doctor-clinic',
          previousStatus: null,
          status: 'REQUESTED',
        },
        published_at: null,
      }),
    ]);
  });

  it('offers the next three free slots when the slot is taken, and writes nothing', async () => {
    const slotId = await clinic.addSlot({ doctorId: 'busy', inHours: 1 });
    const free: string[] = [];
    for (const inHours of [3, 2, 5, 4]) free.push(await clinic.addSlot({ doctorId: 'busy', inHours }));
    await book(PATIENT2, { slotId });

    const answer = await book(person('patient3', 'PATIENT'), { slotId });

    expect(answer.errors).toBeUndefined();
    expect(resultOf(answer).__typename).toBe('SlotTaken');
    expect(resultOf(answer).nextAvailableSlots?.map(({ id }) => id)).toEqual([free[1], free[0], free[3]]);
    expect(await clinic.rows('SELECT id FROM appointment WHERE patient_id = $1', ['patient3'])).toEqual([]);
    expect(await clinic.rows(`SELECT sequence FROM outbox WHERE 'patient3' = ANY(audience)`)).toEqual([]);
  });

  it('takes a slot that overlaps an appointment of the doctor as taken', async () => {
    const long = await clinic.addSlot({ doctorId: 'overlap', inHours: 1, hours: 2 });
    const within = await clinic.addSlot({ doctorId: 'overlap', inHours: 2 });
    const behind = await clinic.addSlot({ doctorId: 'overlap', inHours: 3 });
    await book(person('patient5', 'PATIENT'), { slotId: long });

    const answer = await book(person('patient4', 'PATIENT'), { slotId: within });

    expect(resultOf(answer)).toEqual({
      __typename: 'SlotTaken',
      nextAvailableSlots: [{ id: behind, startsAt: new Date(NOW.getTime() + 3 * HOUR_MS).toISOString() }],
    });
  });

  it('gives a slot back when its appointment is cancelled', async () => {
    const slotId = await clinic.addSlot({ inHours: 20 });
    const first = resultOf(await book(PATIENT, { slotId })).appointment?.id;
    await clinic.ask(PATIENT, 'mutation ($id: ID!) { cancelAppointment(id: $id) { status } }', { id: first });

    const answer = await book(PATIENT2, { slotId });

    expect(resultOf(answer).__typename).toBe('AppointmentBooked');
  });

  it('does not let a patient be with two doctors at once', async () => {
    const here = await clinic.addSlot({ doctorId: 'here', inHours: 30, hours: 1 });
    const there = await clinic.addSlot({ doctorId: 'there', inHours: 30.5, hours: 1 });
    await book(PATIENT, { slotId: here });

    const answer = await book(PATIENT, { slotId: there });

    expect(codeOf(answer)).toBe('CONFLICT');
    expect(await countOf('appointment', there)).toBe(0);
  });

  it('refuses slots that do not exist or have started', async () => {
    const past = await clinic.addSlot({ inHours: -1 });
    const startingNow = await clinic.addSlot({ inHours: 0 });

    for (const slotId of ['nowhere', past, startingNow]) {
      const answer = await book(PATIENT, { slotId });
      expect(codeOf(answer)).toBe('BAD_USER_INPUT');
      expect(answer.errors?.[0]?.message).toContain('"slotId"');
    }
  });

  it('refuses texts that are too long', async () => {
    const slotId = await clinic.addSlot({ inHours: 40 });

    expect(codeOf(await book(PATIENT, { slotId, reason: 'x'.repeat(1001) }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await book(PATIENT, { slotId, idempotencyKey: 'x'.repeat(201) }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await book(ASSISTANT, { slotId, patientId: 'x'.repeat(101) }))).toBe('BAD_USER_INPUT');
    expect(await countOf('appointment', slotId)).toBe(0);
  });
});

describe('who may book for whom', () => {
  it('lets an assistant book for a patient in a calendar that they look after', async () => {
    const slotId = await clinic.addSlot({ inHours: 50 });
    const first = await clinic.addSlot({ inHours: 479 });
    expect(resultOf(await book(PATIENT2, { slotId: first })).__typename).toBe('AppointmentBooked');

    const answer = await book(ASSISTANT, { slotId, patientId: 'patient2' });

    expect(resultOf(answer).appointment).toMatchObject({ patient: { id: 'patient2' }, doctor: { id: 'doctor' } });
  });

  it("refuses an assistant who would bring in somebody who is not the doctor's patient, and writes nothing", async () => {
    const slotId = await clinic.addSlot({ inHours: 480 });
    const other = await clinic.addSlot({ inHours: 481 });

    const answer = await book(ASSISTANT, { slotId, patientId: 'never-been-here' });
    await book(person('was-cancelled', 'PATIENT'), { slotId: other });
    await clinic.rows(`UPDATE appointment SET status = 'CANCELLED' WHERE slot_id = $1`, [other]);

    expect(codeOf(answer)).toBe('NOT_FOUND');
    expect(codeOf(await book(ASSISTANT, { slotId, patientId: 'was-cancelled' }))).toBe('NOT_FOUND');
    expect(await countOf('appointment', slotId)).toBe(0);
  });

  it('hides other calendars from an assistant, their own visits there included', async () => {
    const slotId = await clinic.addSlot({ inHours: 51 });

    expect(codeOf(await book(STRANGER_ASSISTANT, { slotId, patientId: 'patient' }))).toBe('NOT_FOUND');
    expect(codeOf(await book(STRANGER_ASSISTANT, { slotId, patientId: 'stranger-assistant' }))).toBe('NOT_FOUND');
    expect(codeOf(await book(STRANGER_ASSISTANT, { slotId: 'nowhere', patientId: 'patient' }))).toBe('NOT_FOUND');
    expect(await countOf('appointment', slotId)).toBe(0);
  });

  it('asks an assistant whom the appointment is for', async () => {
    const slotId = await clinic.addSlot({ inHours: 52 });

    expect(codeOf(await book(ASSISTANT, { slotId }))).toBe('BAD_USER_INPUT');
  });

  it('refuses a patient who books for somebody else', async () => {
    const slotId = await clinic.addSlot({ inHours: 53 });

    expect(codeOf(await book(PATIENT, { slotId, patientId: 'patient2' }))).toBe('FORBIDDEN');
    expect(resultOf(await book(PATIENT, { slotId, patientId: 'patient' })).__typename).toBe('AppointmentBooked');
  });

  it('refuses everybody who is neither patient nor assistant', async () => {
    const slotId = await clinic.addSlot({ inHours: 54 });

    expect(codeOf(await book(ANONYMOUS, { slotId }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await book(DOCTOR, { slotId, patientId: 'patient' }))).toBe('FORBIDDEN');
    expect(codeOf(await book(ADMIN, { slotId, patientId: 'patient' }))).toBe('FORBIDDEN');
    const withoutScope: Identity = { kind: 'user', subject: 'patient', roles: ['PATIENT'], scopes: [] };
    expect(codeOf(await book(withoutScope, { slotId }))).toBe('FORBIDDEN');
    expect(await countOf('appointment', slotId)).toBe(0);
  });
});

describe('a repeated request', () => {
  it('answers with the appointment that the first one booked', async () => {
    const slotId = await clinic.addSlot({ inHours: 60 });
    const input = { slotId, reason: 'Check-up', idempotencyKey: 'again' };

    const first = resultOf(await book(PATIENT, input));
    const second = resultOf(await book(PATIENT, input));

    expect(second).toEqual(first);
    expect(await countOf('appointment', slotId)).toBe(1);
    expect(await countOf('outbox', slotId)).toBe(1);
  });

  it('is refused when it asks for something else under the same key', async () => {
    const slotId = await clinic.addSlot({ inHours: 61 });
    const other = await clinic.addSlot({ inHours: 62 });
    await book(PATIENT, { slotId, idempotencyKey: 'changed' });

    expect(codeOf(await book(PATIENT, { slotId: other, idempotencyKey: 'changed' }))).toBe('CONFLICT');
    expect(codeOf(await book(PATIENT, { slotId, reason: 'New', idempotencyKey: 'changed' }))).toBe('CONFLICT');
  });

  it('keeps the keys of different people apart', async () => {
    const slotId = await clinic.addSlot({ inHours: 63 });
    const other = await clinic.addSlot({ inHours: 64 });
    const mine = resultOf(await book(PATIENT, { slotId, idempotencyKey: 'shared' }));

    const theirs = resultOf(await book(PATIENT2, { slotId: other, idempotencyKey: 'shared' }));

    expect(theirs.__typename).toBe('AppointmentBooked');
    expect(theirs.appointment?.id).not.toBe(mine.appointment?.id);
  });

  it('books once when it comes twelve times at once', async () => {
    const slotId = await clinic.addSlot({ inHours: 65 });
    const input = { slotId, idempotencyKey: 'at once' };

    const answers = await Promise.all(Array.from({ length: 12 }, () => book(PATIENT, input)));

    expect(new Set(answers.map((answer) => resultOf(answer).appointment?.id)).size).toBe(1);
    expect(await countOf('appointment', slotId)).toBe(1);
    expect(await countOf('outbox', slotId)).toBe(1);
  });
});

describe('the race for a slot', () => {
  it('has one winner among 50 patients over HTTP: one row, one event, 49 alternatives', async () => {
    const slotId = await clinic.addSlot({ doctorId: 'wanted', inHours: 70 });
    for (const inHours of [71, 72, 73]) await clinic.addSlot({ doctorId: 'wanted', inHours });
    const url = `${await clinic.listen()}/graphql`;
    const racers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => clinic.assertion(person(`racer-${index}`, 'PATIENT'))),
    );

    const answers = await Promise.all(
      racers.map(async (assertion) => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: assertion },
          body: JSON.stringify({ query: BOOK, variables: { input: { slotId } } }),
        });
        return (await response.json()) as Answer;
      }),
    );

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const results = answers.map(resultOf);
    expect(results.filter(({ __typename }) => __typename === 'AppointmentBooked')).toHaveLength(1);
    const losers = results.filter(({ __typename }) => __typename === 'SlotTaken');
    expect(losers).toHaveLength(49);
    expect(new Set(losers.map(({ nextAvailableSlots }) => nextAvailableSlots?.length))).toEqual(new Set([3]));
    expect(await countOf('appointment', slotId)).toBe(1);
    expect(await countOf('outbox', slotId)).toBe(1);
  });

  it('has one winner among slots that overlap', async () => {
    const slotIds: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      slotIds.push(await clinic.addSlot({ doctorId: 'overlapping', inHours: 80 + index / 20, hours: 1 }));
    }

    const answers = await Promise.all(
      slotIds.map((slotId, index) => book(person(`overlapper-${index}`, 'PATIENT'), { slotId })),
    );

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(answers.filter(isBooked)).toHaveLength(1);
    expect(await clinic.rows(`SELECT id FROM appointment WHERE doctor_id = 'overlapping'`)).toHaveLength(1);
  });

  it('lets a patient win one of several doctors at the same time', async () => {
    const slotIds = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        clinic.addSlot({ doctorId: `same-hour-${index}`, inHours: 90, hours: 1 }),
      ),
    );

    const answers = await Promise.all(slotIds.map((slotId) => book(PATIENT, { slotId })));

    expect(answers.filter(isBooked)).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'CONFLICT')).toHaveLength(7);
  });

  it('is decided by PostgreSQL, whoever writes: no slot, doctor or patient is booked twice for a time', async () => {
    const here = await clinic.addSlot({ doctorId: 'guarded', inHours: 100, hours: 1 });
    const overlapping = await clinic.addSlot({ doctorId: 'guarded', inHours: 100.5, hours: 1 });
    const there = await clinic.addSlot({ doctorId: 'guarded-too', inHours: 100.5, hours: 1 });
    const insert = (slotId: string, patientId: string): Promise<unknown> =>
      clinic.rows(
        `INSERT INTO appointment (id, slot_id, doctor_id, patient_id, workplace_id, starts_at, ends_at, booked_by)
         SELECT gen_random_uuid(), id, doctor_id, $2, workplace_id, starts_at, ends_at, 'test' FROM slot WHERE id = $1`,
        [slotId, patientId],
      );
    await insert(here, 'guarded-patient');

    await expect(insert(here, 'another')).rejects.toMatchObject({
      code: '23505',
      constraint: 'appointment_slot_taken',
    });
    await expect(insert(overlapping, 'another')).rejects.toMatchObject({
      code: '23P01',
      constraint: 'appointment_doctor_busy',
    });
    await expect(insert(there, 'guarded-patient')).rejects.toMatchObject({
      code: '23P01',
      constraint: 'appointment_patient_busy',
    });
  });
});
