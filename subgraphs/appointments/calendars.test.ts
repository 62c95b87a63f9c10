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

const at = (inHours: number): string => new Date(NOW.getTime() + inHours * HOUR_MS).toISOString();
const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];

interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: { readonly id: string; readonly startsAt: string } }[];
}
const idsOf = (page: Page): string[] => page.edges.map(({ node }) => node.id);

let clinic: Clinic;

beforeAll(async () => {
  clinic = await openClinic();
});
afterAll(() => clinic.close());

describe('myAppointments', () => {
  const MINE = `query Mine($first: Int!, $after: String, $filter: AppointmentFilter) {
    myAppointments(first: $first, after: $after, filter: $filter) {
      totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id status startsAt } }
    }
  }`;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    ids['past'] = await clinic.book({ inHours: -30 });
    ids['running'] = await clinic.book({ inHours: -0.25 });
    ids['soon'] = await clinic.book({ inHours: 2 });
    ids['cancelled'] = await clinic.book({ inHours: 3 });
    ids['elsewhere'] = await clinic.book({ doctorId: 'doctor2', inHours: 4 });
    ids['other patient'] = await clinic.book({ inHours: 5 }, PATIENT2);
    await clinic.setStatus(ids['past'], 'COMPLETED');
    await clinic.setStatus(ids['running'], 'IN_PROGRESS');
    await clinic.setStatus(ids['cancelled'], 'CANCELLED');
  });

  const mine = async (identity: Identity, variables: object): Promise<Page> => {
    const { data, errors } = await clinic.ask(identity, MINE, { first: 20, ...variables });
    expect(errors).toBeUndefined();
    return data?.['myAppointments'] as Page;
  };
  const named = (page: Page): (string | undefined)[] =>
    idsOf(page).map((id) => Object.keys(ids).find((name) => ids[name] === id));

  it('lists a patient their own, latest first', async () => {
    const page = await mine(PATIENT, {});

    expect(named(page)).toEqual(['elsewhere', 'cancelled', 'soon', 'running', 'past']);
    expect(page.totalCount).toBe(5);
  });

  it('lists a doctor, the assistant and the nurse the calendar', async () => {
    const calendar = ['other patient', 'cancelled', 'soon', 'running', 'past'];

    for (const identity of [DOCTOR, ASSISTANT, NURSE]) expect(named(await mine(identity, {}))).toEqual(calendar);
    expect(named(await mine(DOCTOR2, {}))).toEqual(['elsewhere']);
  });

  it('lists nothing to those who look after other calendars, and to other roles', async () => {
    for (const identity of [STRANGER_ASSISTANT, ADMIN, person('assistant', 'PHARMACY'), person('doctor', 'PATIENT')]) {
      expect(await mine(identity, {})).toMatchObject({ totalCount: 0, edges: [] });
    }
    expect(codeOf(await clinic.ask(ANONYMOUS, MINE, { first: 1 }))).toBe('UNAUTHENTICATED');
  });

  it('lists the upcoming ones earliest first: not ended, not cancelled', async () => {
    const page = await mine(PATIENT, { filter: { upcoming: true } });

    expect(named(page)).toEqual(['running', 'soon', 'elsewhere']);
    expect(page.totalCount).toBe(3);
  });

  it('takes a status that is named again and again for one', async () => {
    const status = Array.from({ length: 40_000 }, () => 'COMPLETED');

    expect(named(await mine(PATIENT, { filter: { status } }))).toEqual(['past']);
  });

  it('filters by status, together with upcoming as well', async () => {
    expect(named(await mine(PATIENT, { filter: { status: ['CANCELLED', 'COMPLETED'] } }))).toEqual([
      'cancelled',
      'past',
    ]);
    expect(named(await mine(PATIENT, { filter: { upcoming: true, status: ['REQUESTED', 'CANCELLED'] } }))).toEqual([
      'soon',
      'elsewhere',
    ]);
  });

  it.each([[{}], [{ upcoming: true }]])('pages through all of %j without gap or repetition', async (filter) => {
    const whole = idsOf(await mine(DOCTOR, { filter }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await mine(DOCTOR, { filter, first: 2, after });
      expect(page.totalCount).toBe(whole.length);
      seen.push(...idsOf(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);

    expect(seen).toEqual(whole);
  });

  it('refuses cursors that it did not give, and pages that are too large', async () => {
    const cursors = [
      ['yesterday', 'x'],
      ['+275760-09-13T00:00:00.000Z', 'x'],
      ['0000-01-01T00:00:00.000Z', 'x'],
      ['2030-03-04T06:00:00.000Z'],
    ];
    for (const after of [
      'nonsense',
      ...cursors.map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url')),
    ]) {
      expect(codeOf(await clinic.ask(PATIENT, MINE, { first: 1, after }))).toBe('BAD_USER_INPUT');
    }
    for (const first of [-1, 101]) expect(codeOf(await clinic.ask(PATIENT, MINE, { first }))).toBe('BAD_USER_INPUT');
  });
});

describe("a doctor's calendar", () => {
  const DAY = `query Day($representations: [_Any!]!, $from: DateTime!, $to: DateTime!, $first: Int, $after: String) {
    _entities(representations: $representations) {
      ... on Doctor {
        id
        appointments(from: $from, to: $to, first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges { node { id status startsAt endsAt type reason patient { id } statusHistory { status occurredAt } } }
        }
      }
    }
  }`;
  const day = (identity: Identity, doctorIds: string[], variables: object = {}): Promise<Answer> =>
    clinic.ask(identity, DAY, {
      representations: doctorIds.map((id) => ({ __typename: 'Doctor', id })),
      from: at(1000),
      to: at(1100),
      first: 50,
      ...variables,
    });
  const pagesOf = ({ data }: Answer): (Page | null)[] =>
    (data?.['_entities'] as { appointments: Page | null }[]).map(({ appointments }) => appointments);

  beforeAll(async () => {
    const seeds = ['doctor', 'doctor-b', 'doctor-c'].flatMap((doctorId) =>
      Array.from({ length: 60 }, (_, index) => ({ doctorId, inHours: 1000 + index, hours: 1 })),
    );
    for (const wish of seeds) await clinic.addSlot(wish);
    await clinic.rows(`
      INSERT INTO appointment (id, slot_id, doctor_id, patient_id, workplace_id, starts_at, ends_at, booked_by)
      SELECT 'a-' || id, id, doctor_id, 'somebody-of-' || doctor_id, workplace_id, starts_at, ends_at, 'somebody'
      FROM slot WHERE starts_at >= '${at(1000)}'`);
    await clinic.rows(`
      INSERT INTO appointment_status_event
      SELECT 'e-' || id, id, NULL, status, created_at, booked_by, NULL, 1 FROM appointment WHERE id LIKE 'a-%'`);
    await clinic.rows(
      `INSERT INTO staff_assignment VALUES ('doctor', 'busy', 'ASSISTANT'), ('doctor-b', 'busy', 'ASSISTANT'), ('doctor-c', 'busy', 'NURSE')`,
    );
  });

  it('is there for the doctor, the assistant and the nurse, earliest first and in pages', async () => {
    for (const identity of [DOCTOR, ASSISTANT, NURSE]) {
      const answer = await day(identity, ['doctor']);
      expect(answer.errors).toBeUndefined();
      const [page] = pagesOf(answer);
      expect(page?.totalCount).toBe(60);
      expect(page?.edges).toHaveLength(50);
      expect(page?.edges[0]?.node).toMatchObject({ startsAt: at(1000), statusHistory: [{ status: 'REQUESTED' }] });
      const [rest] = pagesOf(await day(identity, ['doctor'], { after: page?.pageInfo.endCursor }));
      expect(rest?.edges.map(({ node }) => node.startsAt)).toEqual(
        Array.from({ length: 10 }, (_, index) => at(1050 + index)),
      );
      expect(rest?.pageInfo.hasNextPage).toBe(false);
      expect(rest?.totalCount).toBe(60);
    }
  });

  it('is null and FORBIDDEN for everybody else', async () => {
    for (const identity of [PATIENT, DOCTOR2, STRANGER_ASSISTANT, ADMIN, person('doctor', 'PATIENT')]) {
      const answer = await day(identity, ['doctor']);
      expect(answer.data?.['_entities']).toEqual([{ id: 'doctor', appointments: null }]);
      expect(codeOf(answer)).toBe('FORBIDDEN');
    }
    const anonymous = await day(ANONYMOUS, ['doctor']);
    expect(anonymous.data?.['_entities']).toEqual([{ id: 'doctor', appointments: null }]);
    expect(codeOf(anonymous)).toBe('UNAUTHENTICATED');
  });

  it('of several doctors opens those that the caller looks after', async () => {
    const answer = await day(person('busy', 'ASSISTANT', 'NURSE'), ['doctor', 'doctor-b', 'doctor2', 'doctor-c'], {
      first: 2,
    });

    expect(answer.errors).toHaveLength(1);
    expect(pagesOf(answer).map((page) => page?.totalCount)).toEqual([60, 60, undefined, 60]);
  });

  it('takes the same number of statements for one doctor and for three, for one row and for fifty', async () => {
    const busy = person('busy', 'ASSISTANT', 'NURSE');

    const one = await clinic.countStatements(() => day(busy, ['doctor'], { first: 1 }));
    const many = await clinic.countStatements(() => day(busy, ['doctor', 'doctor-b', 'doctor-c'], { first: 50 }));

    expect(many).toBe(one);
    // Whose calendars, the places of the page, its rows, their history.
    expect(one).toBe(4);
  });

  it('lists fifty of myAppointments with their history in four statements', async () => {
    const query = `{ myAppointments(first: 50) { totalCount edges { node { id doctor { id } statusHistory { status } } } } }`;

    const statements = await clinic.countStatements(async () => {
      const { data } = await clinic.ask(person('busy', 'ASSISTANT'), query);
      expect((data?.['myAppointments'] as Page).edges).toHaveLength(50);
    });

    expect(statements).toBe(4);
  });

  it('refuses an empty period and one of more than 62 days', async () => {
    for (const to of [at(1000), at(1000 + 63 * 24)]) {
      const answer = await day(DOCTOR, ['doctor'], { to });
      expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    }
  });
});

describe('the next slots of doctors', () => {
  const doctorIds = Array.from({ length: 50 }, (_, index) => `next-${index}`);
  const NEXT = `query Next($representations: [_Any!]!, $first: Int!) {
    _entities(representations: $representations) {
      ... on Doctor { id nextAvailableSlots(first: $first) { id startsAt } one: nextAvailableSlots(first: 1) { id } }
    }
  }`;
  const next = (ids: string[], first = 3): Promise<Answer> =>
    clinic.ask(ANONYMOUS, NEXT, { representations: ids.map((id) => ({ __typename: 'Doctor', id })), first });

  beforeAll(async () => {
    await clinic.rows(
      `INSERT INTO slot
       SELECT d || '-' || n, d, 'place', $1::timestamptz + n * interval '5 hours', $1::timestamptz + n * interval '5 hours' + interval '30 minutes'
       FROM unnest($2::text[]) AS d, generate_series(-2, 8) AS n`,
      [NOW, doctorIds],
    );
    await clinic.addSlot({ doctorId: 'far', inHours: 31 * 24 });
  });

  it('are the earliest free ones that lie ahead, within 30 days', async () => {
    const taken = await clinic.ask(
      PATIENT,
      'mutation { bookAppointment(input: { slotId: "next-7-2" }) { __typename } }',
    );
    expect(taken.errors).toBeUndefined();

    const { data } = await next(['next-7', 'far', 'unknown']);

    expect(data?.['_entities']).toEqual([
      {
        id: 'next-7',
        nextAvailableSlots: [0, 1, 3].map((n) => ({ id: `next-7-${n}`, startsAt: at(5 * n) })),
        one: [{ id: 'next-7-0' }],
      },
      { id: 'far', nextAvailableSlots: [], one: [] },
      { id: 'unknown', nextAvailableSlots: [], one: [] },
    ]);
  });

  it('of fifty doctors take one statement', async () => {
    const statements = await clinic.countStatements(async () => {
      const { data } = await next(doctorIds);
      const doctors = data?.['_entities'] as { nextAvailableSlots: unknown[] }[];
      expect(doctors.map(({ nextAvailableSlots }) => nextAvailableSlots.length)).toEqual(doctorIds.map(() => 3));
    });

    expect(statements).toBe(1);
  });

  it('are at most twenty', async () => {
    for (const first of [-1, 21]) expect(codeOf(await next(['next-1'], first))).toBe('BAD_USER_INPUT');
  });
});
