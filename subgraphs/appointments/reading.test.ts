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
  PHARMACY,
  STRANGER_ASSISTANT,
  type Clinic,
} from '../../test/support/appointments-clinic.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { fieldsWithoutRule } from '../shared/permissions.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

const PARTNER: Identity = { kind: 'partner', subject: 'acme-health', roles: ['PARTNER'], scopes: [] };
const STRANGERS = [PATIENT2, DOCTOR2, STRANGER_ASSISTANT, PHARMACY, ADMIN];

let clinic: Clinic;

beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

const at = (inHours: number): string => new Date(NOW.getTime() + inHours * HOUR_MS).toISOString();
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];
const entities = (identity: Identity, representations: object[], fields: string): Promise<Answer> =>
  clinic.ask(
    identity,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`,
    {
      representations,
    },
  );

describe('availableSlots', () => {
  const SLOTS = `query Slots($doctorId: ID!, $from: DateTime!, $to: DateTime!) {
    availableSlots(doctorId: $doctorId, from: $from, to: $to) { id startsAt endsAt workplace { id } doctor { id } }
  }`;
  const idsOf = ({ data }: Answer): unknown[] => (data?.['availableSlots'] as { id: string }[]).map(({ id }) => id);

  it('lists what is free, in the future and within the period, for anybody', async () => {
    const doctorId = 'slots';
    const [past, first, taken, cancelled, edge] = [
      await clinic.addSlot({ doctorId, inHours: -1 }),
      await clinic.addSlot({ doctorId, inHours: 1 }),
      await clinic.addSlot({ doctorId, inHours: 2 }),
      await clinic.addSlot({ doctorId, inHours: 3 }),
      await clinic.addSlot({ doctorId, inHours: 4 }),
    ];
    for (const [slotId, status] of [
      [taken, 'REQUESTED'],
      [cancelled, 'CANCELLED'],
    ] as const) {
      await clinic.ask(
        PATIENT,
        'mutation ($input: BookAppointmentInput!) { bookAppointment(input: $input) { __typename } }',
        {
          input: { slotId },
        },
      );
      await clinic.rows('UPDATE appointment SET status = $2::appointment_status WHERE slot_id = $1', [slotId, status]);
    }
    const period = { doctorId, from: at(-5), to: at(4) };

    for (const identity of [ANONYMOUS, PATIENT, PARTNER]) {
      const answer = await clinic.ask(identity, SLOTS, period);
      expect(answer.errors).toBeUndefined();
      expect(idsOf(answer)).toEqual([first, cancelled]);
    }
    const upToEdge = await clinic.ask(ANONYMOUS, SLOTS, { ...period, from: at(4), to: at(4.1) });
    expect(upToEdge.data?.['availableSlots']).toEqual([
      { id: edge, startsAt: at(4), endsAt: at(4.5), workplace: { id: 'slots-clinic' }, doctor: { id: 'slots' } },
    ]);
    expect(idsOf(upToEdge)).not.toContain(past);
  });

  it('refuses a period that is empty or longer than 62 days', async () => {
    for (const [from, to] of [
      [at(1), at(1)],
      [at(2), at(1)],
      [at(0), at(62 * 24 + 1)],
    ]) {
      expect(codeOf(await clinic.ask(ANONYMOUS, SLOTS, { doctorId: 'slots', from, to }))).toBe('BAD_USER_INPUT');
    }
  });

  it('gives at most 500', async () => {
    await clinic.rows(
      `INSERT INTO slot SELECT 'many-' || n, 'many', 'place', $1::timestamptz + n * interval '10 minutes',
       $1::timestamptz + (n + 1) * interval '10 minutes' FROM generate_series(1, 600) AS n`,
      [NOW],
    );

    expect(idsOf(await clinic.ask(ANONYMOUS, SLOTS, { doctorId: 'many', from: at(0), to: at(24 * 10) }))).toHaveLength(
      500,
    );
  });
});

describe('one appointment', () => {
  const ONE = `query One($id: ID!) {
    appointment(id: $id) { id status reason patient { id } doctor { id } createdAt statusHistory { status reason } }
  }`;

  it('is there for its patient, its doctor and those who look after the calendar', async () => {
    const id = await clinic.book({ inHours: 10 });

    for (const identity of [PATIENT, DOCTOR, ASSISTANT, NURSE]) {
      const answer = await clinic.ask(identity, ONE, { id });
      expect(answer.errors).toBeUndefined();
      expect(answer.data?.['appointment']).toMatchObject({ id, status: 'REQUESTED', patient: { id: 'patient' } });
    }
  });

  it('does not exist for anybody else, by query, by reference and by event', async () => {
    const id = await clinic.book({ inHours: 11 });
    const [event] = await clinic.rows<{ event_id: string }>('SELECT event_id FROM outbox WHERE subject = $1', [id]);

    for (const identity of STRANGERS) {
      expect(await clinic.ask(identity, ONE, { id })).toEqual({ data: { appointment: null } });
      expect(await entities(identity, [{ __typename: 'Appointment', id }], '... on Appointment { id reason }')).toEqual(
        {
          data: { _entities: [null] },
        },
      );
      expect(
        await clinic.ask(identity, 'query ($id: ID!) { appointmentStatusEvent(id: $id) { status } }', {
          id: event?.event_id,
        }),
      ).toEqual({ data: { appointmentStatusEvent: null } });
    }
  });

  it('asks anonymous callers to sign in, and refuses partners', async () => {
    const id = await clinic.book({ inHours: 12 });
    const reference = [{ __typename: 'Appointment', id }];

    expect(codeOf(await clinic.ask(ANONYMOUS, ONE, { id }))).toBe('UNAUTHENTICATED');
    expect(codeOf(await clinic.ask(PARTNER, ONE, { id }))).toBe('FORBIDDEN');
    const anonymous = await entities(ANONYMOUS, reference, '... on Appointment { status }');
    expect(JSON.stringify(anonymous.data)).not.toContain('REQUESTED');
    const partner = await entities(PARTNER, reference, '... on Appointment { status }');
    expect(JSON.stringify(partner.data)).not.toContain('REQUESTED');
  });
});

describe('a status event', () => {
  it('tells what changed, to those who see the appointment', async () => {
    const id = await clinic.book({ inHours: 13 });
    await clinic.ask(DOCTOR, 'mutation ($id: ID!) { confirmAppointment(id: $id) { id } }', { id });
    const events = await clinic.rows<{ event_id: string }>(
      'SELECT event_id FROM outbox WHERE subject = $1 ORDER BY sequence DESC',
      [id],
    );
    const query = `query Event($id: ID!) {
      appointmentStatusEvent(id: $id) { eventId occurredAt previousStatus status appointment { id status startsAt } }
    }`;

    for (const identity of [PATIENT, DOCTOR, ASSISTANT]) {
      expect(await clinic.ask(identity, query, { id: events[0]?.event_id })).toEqual({
        data: {
          appointmentStatusEvent: {
            eventId: events[0]?.event_id,
            occurredAt: NOW.toISOString(),
            previousStatus: 'REQUESTED',
            status: 'CONFIRMED',
            appointment: { id, status: 'CONFIRMED', startsAt: at(13) },
          },
        },
      });
    }
    expect(await clinic.ask(PATIENT, query, { id: 'no-such-event' })).toEqual({
      data: { appointmentStatusEvent: null },
    });
  });

  it('is not streamed by the subgraph itself', async () => {
    const answer = await clinic.ask(PATIENT, 'subscription { appointmentStatusChanged { eventId } }');

    expect(answer.data ?? null).toBeNull();
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.message).toContain('gateway');
  });
});

describe('referrals', () => {
  const referral = (identity: Identity): Promise<Answer> =>
    entities(
      identity,
      [{ __typename: 'Referral', id: 'referral' }],
      '... on Referral { id status reason createdAt fromDoctor { id } toDoctor { id } patient { id } }',
    );

  beforeAll(async () => {
    await clinic.rows(
      `INSERT INTO referral VALUES ('referral', 'doctor', 'doctor2', 'referred', 'REQUESTED', 'Second opinion', $1)`,
      [NOW],
    );
    await clinic.book({ doctorId: 'doctor3', inHours: 14 }, person('referred', 'PATIENT'));
    const gone = await clinic.book({ doctorId: 'doctor4', inHours: 15 }, person('referred', 'PATIENT'));
    await clinic.setStatus(gone, 'CANCELLED');
  });

  it('are there for the patient, both doctors, and a doctor whom the patient visits', async () => {
    for (const identity of [person('referred', 'PATIENT'), DOCTOR, DOCTOR2, person('doctor3', 'DOCTOR')]) {
      const answer = await referral(identity);
      expect(answer.data?.['_entities']).toEqual([
        {
          id: 'referral',
          status: 'REQUESTED',
          reason: 'Second opinion',
          createdAt: NOW.toISOString(),
          fromDoctor: { id: 'doctor' },
          toDoctor: { id: 'doctor2' },
          patient: { id: 'referred' },
        },
      ]);
    }
  });

  it('do not exist for others', async () => {
    const others = [PATIENT, ASSISTANT, NURSE, ADMIN, person('doctor4', 'DOCTOR'), person('doctor', 'PATIENT')];

    for (const identity of others) expect((await referral(identity)).data).toEqual({ _entities: [null] });
    expect(JSON.stringify((await referral(ANONYMOUS)).data)).not.toContain('Second opinion');
  });
});

describe('the subgraph', () => {
  it('has a permission for every field', () => {
    expect(fieldsWithoutRule(loadSchema('appointments', resolvers), permissions)).toEqual([]);
  });

  it('gives slots by reference to anybody, and null for those that do not exist', async () => {
    const id = await clinic.addSlot({ inHours: 500 });

    const answer = await entities(
      ANONYMOUS,
      [
        { __typename: 'Slot', id },
        { __typename: 'Slot', id: 'none' },
      ],
      '... on Slot { id startsAt }',
    );

    expect(answer).toEqual({ data: { _entities: [{ id, startsAt: at(500) }, null] } });
  });

  it('refuses whoever comes without an assertion of the gateway', async () => {
    const response = await fetch(`${await clinic.listen()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });

    expect(response.status).toBe(401);
  });

  it('is ready while its database answers', async () => {
    const response = await fetch(`${await clinic.listen()}/health/ready`);

    expect(response.status).toBe(200);
  });
});
