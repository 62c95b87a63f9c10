import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import type { EventBus } from '../../events/event-bus.ts';
import { waitUntil } from '../../platform/wait-until.ts';
import { seedClinical } from '../../prisma/seed/clinical.ts';
import { seedProducts } from '../../prisma/seed/products.ts';
import { buildWorld } from '../../prisma/seed/world.ts';
import { startClinical, type TestClinical } from '../../test/support/clinical.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { person } from '../../test/support/test-gateway.ts';
import type { DomainEvent, LoggedEvent } from '../../wire/domain-event.ts';

interface TimelinePage {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly {
    readonly node: { readonly __typename: string; readonly id: string; readonly occurredAt: string };
  }[];
}

const PATIENCE_MS = 10_000;
const world = buildWorld(new Date('2026-03-04T10:00:00Z'));
const idOf = (email: string): string => world.people.find((one) => one.email === email)?.id ?? '';
const [patient, patient2] = ['patient@example.com', 'patient2@example.com'].map(idOf) as [string, string];
const [doctor, doctor2] = ['doctor@example.com', 'doctor2@example.com'].map(idOf) as [string, string];

let clinical: TestClinical;
let events: TestDatabase;
let bus: EventBus;

beforeAll(async () => {
  events = await createTestDatabase('events');
  bus = createPostgresEventBus({ connectionString: events.url });
  clinical = await startClinical(events.url);
  await seedClinical(clinical.databaseUrl, world);
}, 60_000);

beforeEach(() => {
  clinical.statements.length = 0;
});

afterAll(async () => {
  await clinical.stop();
  await bus.close();
  await events.drop();
});

describe('the seed', () => {
  it('gives the demo patient a record worth looking at, and its doctor the right to', async () => {
    const chart = `... on Patient { allergies { id } timeline(first: 50) { totalCount edges { node {
      __typename ... on Prescription { status items { product { id } } } } } } }`;
    const answer = await clinical.entities(person(doctor, 'DOCTOR'), [reference(patient)], chart);

    const { allergies, timeline } = (
      answer.data?.['_entities'] as [{ allergies: unknown[]; timeline: TimelinePage }]
    )[0];
    const kinds = timeline.edges.map(({ node }) => node.__typename);
    const count = (kind: string): number => kinds.filter((one) => one === kind).length;
    expect(allergies).toHaveLength(2);
    expect(count('Consultation')).toBeGreaterThanOrEqual(3);
    expect(count('Prescription')).toBeGreaterThanOrEqual(2);
    expect(count('ClinicalDocument')).toBeGreaterThanOrEqual(1);
    expect(count('Referral')).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(timeline)).toContain('ACTIVE');
  });

  it('keeps the demo doctors out of the other demo patient', async () => {
    for (const [who, whose] of [
      [doctor, patient2],
      [doctor2, patient],
    ] as const) {
      const answer = await clinical.entities(
        person(who, 'DOCTOR'),
        [reference(whose)],
        '... on Patient { timeline { totalCount } }',
      );
      expect(answer.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    }
  });

  it('prescribes products that exist, and runs once', async () => {
    const { rows } = await clinical.rows.query<{ product_id: string }>(
      'SELECT DISTINCT product_id FROM prescription_item',
    );
    const products = new Set(seedProducts().map(({ id }) => id));

    expect(rows.filter(({ product_id: id }) => !products.has(id))).toEqual([]);
    expect(await seedClinical(clinical.databaseUrl, world)).toBe('kept');
  });
});

describe('the timeline', () => {
  const page = async (first: number, after?: string | null): Promise<TimelinePage> => {
    const answer = await clinical.ask(
      person(patient, 'PATIENT'),
      `query ($of: [_Any!]!, $first: Int!, $after: String) { _entities(representations: $of) { ... on Patient { timeline(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { __typename id occurredAt } } } } } }`,
      { of: [reference(patient)], first, after },
    );
    expect(answer.errors).toBeUndefined();
    return (answer.data?.['_entities'] as [{ timeline: TimelinePage }])[0].timeline;
  };

  it('is the same whether read in one page or in pages of two, latest first', async () => {
    const whole = await page(100);
    const parts: TimelinePage[] = [await page(2)];
    for (let last = parts[0]; last?.pageInfo.hasNextPage === true; last = parts.at(-1)) {
      parts.push(await page(2, last.pageInfo.endCursor));
    }

    expect(parts.flatMap(({ edges }) => edges)).toEqual(whole.edges);
    expect(whole.edges).toHaveLength(whole.totalCount);
    const times = whole.edges.map(({ node }) => node.occurredAt);
    expect(times).toEqual(times.toSorted().reverse());
    expect(await page(0)).toMatchObject({ totalCount: whole.totalCount, edges: [] });
  });

  it('refuses pages that are too large and cursors that are not its own', async () => {
    for (const args of ['first: 101', 'first: -1', 'first: 5, after: "bm90IGEgY3Vyc29y"']) {
      const answer = await clinical.entities(
        person(patient, 'PATIENT'),
        [reference(patient)],
        `... on Patient { timeline(${args}) { totalCount } }`,
      );
      expect(answer.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
  });

  it('of fifty patients costs as many statements as that of one', async () => {
    const everybody = world.patients.slice(0, 50).map(({ id }) => id);
    await clinical.rows.query(
      `INSERT INTO treatment SELECT id, 'busy-doctor', now() FROM unnest($1::text[]) AS patient (id) ON CONFLICT DO NOTHING`,
      [everybody],
    );
    const chart = `... on Patient { allergies { substance } timeline(first: 20) { totalCount edges { node { __typename id
      ... on Consultation { diagnosis doctor { id } } ... on Prescription { items { dosage } } ... on ClinicalDocument { title } } } } }`;
    const statementsFor = async (patients: readonly string[]): Promise<number> => {
      clinical.statements.length = 0;
      const answer = await clinical.entities(person('busy-doctor', 'DOCTOR'), patients.map(reference), chart);
      expect(answer.errors).toBeUndefined();
      return clinical.statements.length;
    };

    const forOne = await statementsFor([patient]);
    const forFifty = await statementsFor(everybody);

    expect(forFifty).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(9);
    const { rows } = await clinical.rows.query(`SELECT patient_id FROM audit_event WHERE actor_id = 'busy-doctor'`);
    expect(rows).toHaveLength(51);
  });
});

describe('events', () => {
  const appointment = (id: string, status: string, time: string): DomainEvent => ({
    id,
    type: 'appointment.status-changed',
    source: 'appointments',
    subject: 'visit-9',
    time,
    audience: ['new-patient', 'new-doctor'],
    data: { appointmentId: 'visit-9', patientId: 'new-patient', doctorId: 'new-doctor', status },
  });
  const treatments = async () =>
    (await clinical.rows.query<{ since: Date }>(`SELECT since FROM treatment WHERE patient_id = 'new-patient'`)).rows;

  it('make a doctor a treating doctor once the appointment is confirmed, and not before', async () => {
    const position = async (): Promise<string> =>
      (await clinical.rows.query<{ position: string }>('SELECT position FROM consumer_position')).rows[0]?.position ??
      '0';

    await bus.publish([appointment('e1', 'REQUESTED', '2026-03-01T08:00:00.000Z')]);
    expect(await waitUntil(async () => (await position()) === '1', PATIENCE_MS)).toBe(true);
    const refused = await clinical.entities(
      person('new-doctor', 'DOCTOR'),
      [reference('new-patient')],
      '... on Patient { allergies { id } }',
    );
    expect(refused.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    expect(await treatments()).toEqual([]);

    await bus.publish([
      appointment('e2', 'CONFIRMED', '2026-03-01T09:00:00.000Z'),
      appointment('e3', 'COMPLETED', '2026-03-02T09:00:00.000Z'),
    ]);
    await bus.publish([appointment('e2', 'CONFIRMED', '2026-03-01T09:00:00.000Z')]);
    expect(await waitUntil(async () => (await position()) === '3', PATIENCE_MS)).toBe(true);
    const allowed = await clinical.entities(
      person('new-doctor', 'DOCTOR'),
      [reference('new-patient')],
      '... on Patient { allergies { id } }',
    );
    expect(allowed.errors).toBeUndefined();
    expect(await treatments()).toEqual([{ since: new Date('2026-03-01T09:00:00.000Z') }]);
  });

  it('tell of a new prescription', async () => {
    const heard: LoggedEvent[] = [];
    const consumer = bus.consume({ after: 0n, onEvent: (event) => void heard.push(event) });
    await consumer.started;

    const productId = seedProducts()[0]?.id;
    const answer = await clinical.ask(
      person(doctor, 'DOCTOR'),
      `mutation ($input: IssuePrescriptionInput!) { issuePrescription(input: $input) { id } }`,
      { input: { patientId: patient, items: [{ productId, dosage: '5 mg', frequency: 'Daily', durationDays: 3 }] } },
    );

    const { id } = answer.data?.['issuePrescription'] as { id: string };
    expect(await waitUntil(() => heard.some(({ subject }) => subject === id), PATIENCE_MS)).toBe(true);
    expect(heard.find(({ subject }) => subject === id)).toMatchObject({
      type: 'prescription.issued',
      source: 'clinical',
      audience: [patient],
      data: { prescriptionId: id, patientId: patient, status: 'ACTIVE' },
    });
  });
});

function reference(id: string): object {
  return { __typename: 'Patient', id };
}
