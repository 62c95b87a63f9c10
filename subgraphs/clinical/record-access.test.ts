import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startClinical, type TestClinical } from '../../test/support/clinical.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { fieldsWithoutRule } from '../shared/permissions.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

const mona = person('mona', 'PATIENT');
const khaled = person('khaled', 'PATIENT');
const layla = person('layla', 'DOCTOR');
const omar = person('omar', 'DOCTOR');
const sara = person('sara', 'DOCTOR');
const strangers: readonly (readonly [name: string, caller: Identity])[] = [
  ['another patient', khaled],
  ['a doctor without ties', omar],
  ['a nurse', person('nurse', 'NURSE')],
  ['an assistant', person('assistant', 'ASSISTANT')],
  ['a pharmacy', person('pharmacy', 'PHARMACY')],
  ['an administrator', person('admin', 'ADMIN')],
  ['a partner', { kind: 'partner', subject: 'acme', roles: ['PARTNER'], scopes: ['records:read'] }],
  [
    'a treating doctor whose token may not read records',
    { kind: 'user', subject: 'layla', roles: ['DOCTOR'], scopes: [] },
  ],
  ['somebody anonymous', ANONYMOUS],
];

const CHART = `... on Patient {
  id allergies { substance severity }
  timeline(first: 10) { totalCount edges { node { __typename id occurredAt
    ... on Consultation { diagnosis notes doctor { id } }
    ... on Prescription { status items { product { id } dosage } }
    ... on ClinicalDocument { title contentType } } } }
}`;
const REFUSAL = 'You do not treat this patient and have no consent.';
const patientOf = (id: string): object => ({ __typename: 'Patient', id });

let clinical: TestClinical;

beforeAll(async () => {
  clinical = await startClinical();
  await clinical.rows.query(`
    INSERT INTO consultation (id, patient_id, doctor_id, diagnosis, notes, occurred_at) VALUES
      ('c1', 'mona', 'layla', 'Migraine', 'Rest', '2026-03-01T09:00Z'), ('k1', 'khaled', 'omar', 'Asthma', NULL, '2026-03-01T09:00Z');
    INSERT INTO prescription (id, patient_id, doctor_id, status, occurred_at) VALUES
      ('p1', 'mona', 'layla', 'ACTIVE', '2026-03-01T09:30Z'), ('kp1', 'khaled', 'omar', 'ACTIVE', '2026-03-01T09:30Z');
    INSERT INTO prescription_item (id, prescription_id, position, product_id, dosage, frequency, duration_days) VALUES
      ('i1', 'p1', 1, 'product-2', '5 mg', 'Daily', 30), ('i0', 'p1', 0, 'product-1', '10 mg', 'Daily', 30);
    INSERT INTO clinical_document (id, patient_id, title, content_type, occurred_at) VALUES
      ('d1', 'mona', 'Blood count', 'application/pdf', '2026-03-02T09:00Z');
    INSERT INTO timeline_referral (id, patient_id, occurred_at) VALUES ('r1', 'mona', '2026-03-03T09:00Z');
    INSERT INTO allergy_intolerance (id, patient_id, substance, severity, recorded_at) VALUES
      ('a1', 'mona', 'Peanuts', 'MILD', '2025-01-01Z'), ('a2', 'mona', 'Penicillin', 'SEVERE', '2025-01-01Z');
    INSERT INTO treatment VALUES ('mona', 'layla', '2026-02-01Z'), ('khaled', 'omar', '2026-02-01Z')`);
}, 60_000);

beforeEach(async () => {
  clinical.clock.now = new Date('2026-03-04T10:00:00.000Z');
  await clinical.rows.query(`
    DELETE FROM consent;
    ALTER TABLE audit_event DISABLE TRIGGER audit_event_refuse_change; DELETE FROM audit_event;
    ALTER TABLE audit_event ENABLE TRIGGER audit_event_refuse_change`);
  await clinical.rows.query(`
    INSERT INTO consent (id, patient_id, doctor_id, granted_at, expires_at)
    VALUES ('s1', 'mona', 'sara', '2026-03-01Z', '2026-04-01Z')`);
});

afterAll(async () => {
  await clinical.stop();
});

it('has a rule for every field', () => {
  expect(fieldsWithoutRule(loadSchema('clinical', resolvers), permissions)).toEqual([]);
});

describe('the chart of a patient', () => {
  it.each([
    ['the patient', mona, 'Own record'],
    ['the treating doctor', layla, 'Treating doctor'],
    ['a doctor with consent', sara, 'Consent'],
  ])('is read by %s, which is written down once', async (_, caller, reason) => {
    const answer = await clinical.entities(caller, [patientOf('mona')], CHART);

    expect(answer.errors).toBeUndefined();
    expect(first(answer)).toMatchObject({
      id: 'mona',
      allergies: [
        { substance: 'Penicillin', severity: 'SEVERE' },
        { substance: 'Peanuts', severity: 'MILD' },
      ],
      timeline: {
        totalCount: 4,
        edges: [
          { node: { __typename: 'Referral', id: 'r1', occurredAt: '2026-03-03T09:00:00.000Z' } },
          { node: { __typename: 'ClinicalDocument', title: 'Blood count', contentType: 'application/pdf' } },
          {
            node: {
              __typename: 'Prescription',
              status: 'ACTIVE',
              items: [{ product: { id: 'product-1' }, dosage: '10 mg' }, { product: { id: 'product-2' } }],
            },
          },
          { node: { __typename: 'Consultation', diagnosis: 'Migraine', notes: 'Rest', doctor: { id: 'layla' } } },
        ],
      },
    });
    expect(await trail()).toEqual([`mona ${subjectOf(caller)} READ SUCCESS ${reason}`]);
  });

  it.each(strangers)('stays closed to %s', async (_, caller) => {
    const answer = await clinical.entities(caller, [patientOf('mona')], CHART);

    expect(first(answer)).toEqual({ id: 'mona', allergies: null, timeline: null });
    const code = caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code, code]);
    expect(JSON.stringify(answer)).not.toMatch(/Penicillin|Migraine|Blood/);
  });

  it('says why a doctor is refused, and writes the attempt down once', async () => {
    const answer = await clinical.entities(omar, [patientOf('mona')], CHART);

    expect(answer.errors?.map(({ message }) => message)).toEqual([REFUSAL, REFUSAL]);
    expect(await trail()).toEqual(['mona omar READ DENIED No grounds']);
  });

  it('refuses a nurse the allergies, and writes the attempt down', async () => {
    const answer = await clinical.entities(
      person('nurse', 'NURSE'),
      [patientOf('mona')],
      '... on Patient { allergies { id } }',
    );

    expect(first(answer)).toEqual({ allergies: null });
    expect(answer.errors?.[0]).toMatchObject({ message: REFUSAL, extensions: { code: 'FORBIDDEN' } });
    expect(await trail()).toEqual(['mona nurse READ DENIED No grounds']);
  });

  it('opens for some patients and stays closed for others in one request', async () => {
    const answer = await clinical.entities(layla, ['mona', 'khaled', 'nobody'].map(patientOf), CHART);

    expect(answer.data?.['_entities']).toMatchObject([
      { timeline: { totalCount: 4 } },
      { id: 'khaled', allergies: null, timeline: null },
      { id: 'nobody', allergies: null, timeline: null },
    ]);
    expect(await trail()).toEqual([
      'khaled layla READ DENIED No grounds',
      'mona layla READ SUCCESS Treating doctor',
      'nobody layla READ DENIED No grounds',
    ]);
  });

  it('is not answered when the access cannot be written down', async () => {
    await clinical.rows.query('ALTER TABLE audit_event ADD CONSTRAINT broken CHECK (false) NOT VALID');
    try {
      const answer = await clinical.entities(layla, [patientOf('mona')], CHART);

      expect(first(answer)).toEqual({ id: 'mona', allergies: null, timeline: null });
      expect(answer.errors?.[0]).toMatchObject({
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
      expect(JSON.stringify(answer)).not.toContain('Migraine');
    } finally {
      await clinical.rows.query('ALTER TABLE audit_event DROP CONSTRAINT broken');
    }
  });
});

describe('a consent', () => {
  it('is over at the next read after the patient has revoked it', async () => {
    const before = await clinical.entities(sara, [patientOf('mona')], CHART);
    await clinical.ask(mona, 'mutation { revokeConsent(id: "s1") { id revokedAt } }');
    const after = await clinical.entities(sara, [patientOf('mona')], CHART);

    expect(first(before)).toMatchObject({ timeline: { totalCount: 4 } });
    expect(first(after)).toEqual({ id: 'mona', allergies: null, timeline: null });
    expect((await trail()).filter((line) => line.includes('sara'))).toEqual([
      'mona sara READ DENIED No grounds',
      'mona sara READ SUCCESS Consent',
    ]);
  });

  it('is over at the instant of its expiry', async () => {
    clinical.clock.now = new Date('2026-04-01T00:00:00.000Z');

    expect(first(await clinical.entities(sara, [patientOf('mona')], CHART))).toMatchObject({ timeline: null });
  });

  it('opens nothing of other patients, and nothing for other doctors', async () => {
    expect(first(await clinical.entities(sara, [patientOf('khaled')], CHART))).toMatchObject({ timeline: null });
    expect(first(await clinical.entities(omar, [patientOf('mona')], CHART))).toMatchObject({ timeline: null });
  });
});

describe('a single entry of a record', () => {
  const single =
    '{ consultation(id: "c1") { id diagnosis patient { id } } prescription(id: "p1") { id items { dosage } } }';
  const entries = ['Consultation c1', 'Prescription p1', 'ClinicalDocument d1', 'Referral r1', 'Consent s1'].map(
    (name) => {
      const [__typename, id] = name.split(' ');
      return { __typename, id };
    },
  );
  const selection = `__typename ... on Consultation { id diagnosis } ... on Prescription { id items { id } } ... on Referral { id occurredAt }
    ... on ClinicalDocument { id title } ... on Consent { id doctor { id } expiresAt }`;

  it.each([
    ['the patient', mona],
    ['the treating doctor', layla],
    ['a doctor with consent', sara],
  ])('is read by %s', async (_, caller) => {
    expect((await clinical.ask(caller, single)).data).toEqual({
      consultation: { id: 'c1', diagnosis: 'Migraine', patient: { id: 'mona' } },
      prescription: { id: 'p1', items: [{ dosage: '10 mg' }, { dosage: '5 mg' }] },
    });
    expect(await trail()).toHaveLength(1);
  });

  it.each(strangers)('is not there for %s, by id or as an entity', async (_, caller) => {
    const byId = await clinical.ask(caller, single);
    const byReference = await clinical.entities(caller, entries, selection);

    expect(byId.data).toEqual({ consultation: null, prescription: null });
    expect(byReference.data?.['_entities']).toEqual([null, null, null, null, null]);
  });

  it('looks to a stranger like one that does not exist, except in the audit trail', async () => {
    const unseen = await clinical.ask(omar, '{ consultation(id: "c1") { id } }');
    const missing = await clinical.ask(omar, '{ consultation(id: "no-such") { id } }');

    expect(unseen).toEqual(missing);
    expect(await trail()).toEqual(['mona omar READ DENIED No grounds']);
  });

  it('is an entity for those who may read the record', async () => {
    expect((await clinical.entities(mona, entries, selection)).data?.['_entities']).toMatchObject([
      { id: 'c1' },
      { id: 'p1', items: [{ id: 'i0' }, { id: 'i1' }] },
      { id: 'd1', title: 'Blood count' },
      { id: 'r1', occurredAt: '2026-03-03T09:00:00.000Z' },
      { id: 's1', doctor: { id: 'sara' }, expiresAt: '2026-04-01T00:00:00.000Z' },
    ]);
    expect(await trail()).toEqual(['mona mona READ SUCCESS Own record']);
  });

  it('is no consent for a treating doctor whom it does not name', async () => {
    const consent = [{ __typename: 'Consent', id: 's1' }];

    expect(first(await clinical.entities(layla, consent, '... on Consent { id }'))).toBeNull();
    expect(first(await clinical.entities(sara, consent, '... on Consent { id }'))).toEqual({ id: 's1' });
    expect(await trail()).toEqual(['mona layla READ DENIED No grounds', 'mona sara READ SUCCESS Consent']);
  });

  it('survives representations that hold no proper id', async () => {
    const odd = [{}, { id: null }, { id: 7 }, { id: { in: ['c1'] } }, { id: '' }, { id: 'x'.repeat(5000) }];
    const answer = await clinical.entities(
      layla,
      odd.flatMap((it) => [
        { __typename: 'Consultation', ...it },
        { __typename: 'Patient', ...it },
      ]),
      '__typename ... on Consultation { diagnosis } ... on Patient { allergies { id } }',
    );

    expect(answer.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN']);
    expect(JSON.stringify(answer.data)).not.toContain('Migraine');
    expect(await trail()).toEqual([]);
  });
});

describe('the access log', () => {
  const LOG = `query ($id: ID!, $first: Int!, $after: String) { patientAccessLog(patientId: $id, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id occurredAt action reason outcome actor { id } } } } }`;
  const page = async (caller: Identity, first: number, after?: string) =>
    (await clinical.ask(caller, LOG, { id: 'mona', first, after })).data?.['patientAccessLog'] as {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: { node: { id: string; actor: { id: string }; reason: string } }[];
    };

  it('shows the patient who read the record, latest first, page by page', async () => {
    for (const [minute, caller] of [layla, sara, omar].entries()) {
      clinical.clock.now = new Date(Date.UTC(2026, 2, 4, 11, minute));
      await clinical.entities(caller, [patientOf('mona')], CHART);
    }

    const one = await page(mona, 2);
    const two = await page(mona, 2, one.pageInfo.endCursor);

    expect(one).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect([...one.edges, ...two.edges].map(({ node }) => `${node.actor.id}: ${node.reason}`)).toEqual([
      'omar: No grounds',
      'sara: Consent',
      'layla: Treating doctor',
    ]);
    expect(two.pageInfo.hasNextPage).toBe(false);
  });

  it('is open to administrators, whose look is written down', async () => {
    await clinical.entities(layla, [patientOf('mona')], CHART);

    expect((await page(person('admin', 'ADMIN'), 5)).edges.map(({ node }) => node.reason).sort()).toEqual([
      'Administrator',
      'Treating doctor',
    ]);
  });

  it.each(strangers.filter(([name]) => name !== 'an administrator'))('is closed to %s', async (_, caller) => {
    const answer = await clinical.ask(caller, LOG, { id: 'mona', first: 5 });

    expect(answer.data).toBeNull();
    const code = caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    expect(answer.errors?.[0]?.extensions?.['code']).toBe(code);
  });

  it('refuses cursors that it did not give', async () => {
    const forged = [
      '["x","y"]',
      '["0000-01-01T00:00:00.000Z","y"]',
      '["2026-13-45T00:00:00.000Z","y"]',
      '{"a":1}',
      '[1]',
    ];
    for (const text of forged) {
      const after = Buffer.from(text).toString('base64url');
      const answer = await clinical.ask(mona, LOG, { id: 'mona', first: 5, after });
      expect(answer.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
  });

  it.each(['UPDATE audit_event SET reason = $$$$', 'DELETE FROM audit_event', 'TRUNCATE audit_event'])(
    'only grows: %s is refused',
    async (sql) => {
      await clinical.entities(layla, [patientOf('mona')], CHART);

      await expect(clinical.rows.query(sql)).rejects.toThrow('append-only');
      expect(await trail()).toHaveLength(1);
    },
  );
});

function first(answer: Answer): unknown {
  return (answer.data?.['_entities'] as unknown[] | undefined)?.[0];
}

function subjectOf(identity: Identity): string {
  return identity.kind === 'anonymous' ? 'anonymous' : identity.subject;
}

/** The audit trail as lines of patient, actor, action, outcome and reason, in alphabetical order. */
async function trail(): Promise<string[]> {
  const { rows } = await clinical.rows.query<{ line: string }>(
    `SELECT concat_ws(' ', patient_id, actor_id, action, outcome, reason) AS line FROM audit_event`,
  );
  return rows.map(({ line }) => line).sort();
}
