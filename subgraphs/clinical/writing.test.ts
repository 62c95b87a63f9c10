import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startClinical, type TestClinical } from '../../test/support/clinical.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import type { Identity } from '../../wire/identity.ts';

const mona = person('mona', 'PATIENT');
const khaled = person('khaled', 'PATIENT');
const layla = person('layla', 'DOCTOR');
const omar = person('omar', 'DOCTOR');

const RECORD = `mutation ($input: RecordConsultationInput!) { recordConsultation(input: $input) { id occurredAt diagnosis notes patient { id } } }`;
const PRESCRIBE = `mutation ($input: IssuePrescriptionInput!) {
  issuePrescription(input: $input) { id status items { id product { id } dosage frequency durationDays } } }`;
const GRANT = `mutation ($doctorId: ID!, $expiresAt: DateTime) {
  grantConsent(doctorId: $doctorId, expiresAt: $expiresAt) { id doctor { id } grantedAt expiresAt revokedAt } }`;
const REVOKE = `mutation ($id: ID!) { revokeConsent(id: $id) { id revokedAt } }`;

const ITEM = { productId: 'amlodipine', dosage: '5 mg', frequency: 'Once daily', durationDays: 30 };

let clinical: TestClinical;

beforeAll(async () => {
  clinical = await startClinical();
  await clinical.rows.query(`
    INSERT INTO treatment VALUES ('mona', 'layla', '2026-02-01Z'), ('khaled', 'omar', '2026-02-01Z');
    INSERT INTO known_product VALUES ('amlodipine'), ('metformin')`);
}, 60_000);

beforeEach(async () => {
  clinical.clock.now = new Date('2026-03-04T10:00:00.000Z');
  await clinical.rows.query(`
    DELETE FROM consultation; DELETE FROM prescription_item; DELETE FROM prescription; DELETE FROM consent; DELETE FROM outbox;
    ALTER TABLE audit_event DISABLE TRIGGER audit_event_refuse_change; DELETE FROM audit_event;
    ALTER TABLE audit_event ENABLE TRIGGER audit_event_refuse_change`);
});

afterAll(async () => {
  await clinical.stop();
});

describe('recording a consultation', () => {
  it('puts it into the record and the audit trail', async () => {
    const input = { patientId: 'mona', appointmentId: 'visit-1', diagnosis: '  Migraine ', notes: 'Rest' };
    const answer = await clinical.ask(layla, RECORD, { input });

    const { id } = answer.data?.['recordConsultation'] as { id: string };
    expect(answer.data?.['recordConsultation']).toEqual({
      id,
      occurredAt: '2026-03-04T10:00:00.000Z',
      diagnosis: 'Migraine',
      notes: 'Rest',
      patient: { id: 'mona' },
    });
    expect(await rowsOf('consultation')).toMatchObject([
      { id, patient_id: 'mona', doctor_id: 'layla', appointment_id: 'visit-1' },
    ]);
    expect(await rowsOf('audit_event')).toMatchObject([
      {
        patient_id: 'mona',
        actor_id: 'layla',
        action: 'CREATE',
        outcome: 'SUCCESS',
        reason: 'Treating doctor',
        entity: `Consultation/${id}`,
      },
    ]);
  });

  it('is refused to a doctor who does not treat the patient, consent or not, and leaves a trace', async () => {
    await clinical.ask(mona, GRANT, { doctorId: 'omar' });
    const answer = await clinical.ask(omar, RECORD, { input: { patientId: 'mona', diagnosis: 'Migraine' } });

    expect(problem(answer)).toEqual(['FORBIDDEN', 'You do not treat this patient.']);
    expect(await rowsOf('consultation')).toEqual([]);
    expect((await rowsOf('audit_event')).filter(({ actor_id: actor }) => actor === 'omar')).toMatchObject([
      { patient_id: 'mona', action: 'CREATE', outcome: 'DENIED', reason: 'No grounds' },
    ]);
  });

  it.each([
    ['diagnosis', { diagnosis: ' ' }],
    ['diagnosis', { diagnosis: 'x'.repeat(501) }],
    ['notes', { notes: 'x'.repeat(10_001) }],
    ['patientId', { patientId: 'x'.repeat(65) }],
    ['appointmentId', { appointmentId: '' }],
    ['NUL', { notes: 'a\u0000b' }],
  ])('names a bad %s', async (field, change) => {
    const answer = await clinical.ask(layla, RECORD, {
      input: { patientId: 'mona', diagnosis: 'Migraine', ...change },
    });

    const [code, message] = problem(answer);
    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toContain(field);
    expect(await rowsOf('consultation')).toEqual([]);
  });

  it('is closed to other roles and to tokens without the scope', async () => {
    const callers: Identity[] = [
      mona,
      person('nurse', 'NURSE'),
      { kind: 'user', subject: 'layla', roles: ['DOCTOR'], scopes: ['records:read'] },
    ];
    for (const caller of callers) {
      const answer = await clinical.ask(caller, RECORD, { input: { patientId: 'mona', diagnosis: 'Migraine' } });
      expect(problem(answer)[0]).toBe('FORBIDDEN');
    }
    expect(await rowsOf('consultation')).toEqual([]);
  });
});

describe('issuing a prescription', () => {
  const input = { patientId: 'mona', items: [ITEM, { ...ITEM, productId: 'metformin', durationDays: 365 }] };

  it('answers with its items in order, and tells others of its id and status alone', async () => {
    const answer = await clinical.ask(layla, PRESCRIBE, { input });

    const prescription = answer.data?.['issuePrescription'] as { id: string };
    expect(prescription).toMatchObject({
      status: 'ACTIVE',
      items: [
        { product: { id: 'amlodipine' }, dosage: '5 mg', frequency: 'Once daily', durationDays: 30 },
        { product: { id: 'metformin' }, durationDays: 365 },
      ],
    });
    expect(await rowsOf('outbox')).toMatchObject([
      {
        type: 'prescription.issued',
        subject: prescription.id,
        audience: ['mona'],
        data: { prescriptionId: prescription.id, patientId: 'mona', status: 'ACTIVE' },
      },
    ]);
    expect(await rowsOf('audit_event')).toMatchObject([
      { action: 'CREATE', reason: 'Treating doctor', entity: `Prescription/${prescription.id}` },
    ]);
  });

  it('is refused to a doctor who does not treat the patient', async () => {
    expect(problem(await clinical.ask(omar, PRESCRIBE, { input }))[0]).toBe('FORBIDDEN');
    expect(await rowsOf('prescription')).toEqual([]);
    expect(await rowsOf('outbox')).toEqual([]);
    expect(await rowsOf('audit_event')).toMatchObject([{ actor_id: 'omar', outcome: 'DENIED' }]);
  });

  it.each([
    ['no product "aspirin"', [{ ...ITEM, productId: 'aspirin' }]],
    ['"items"', []],
    ['"items"', Array.from({ length: 21 }, () => ITEM)],
    ['"durationDays"', [{ ...ITEM, durationDays: 0 }]],
    ['"durationDays"', [{ ...ITEM, durationDays: 366 }]],
    ['"dosage"', [{ ...ITEM, dosage: '' }]],
    ['"frequency"', [{ ...ITEM, frequency: 'x'.repeat(201) }]],
  ])('says what is wrong: %s', async (words, items) => {
    const [code, message] = problem(await clinical.ask(layla, PRESCRIBE, { input: { patientId: 'mona', items } }));

    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toContain(words);
    expect(await rowsOf('prescription')).toEqual([]);
  });

  it('writes one prescription and one event for twenty requests at once with one key', async () => {
    const keyed = { ...input, idempotencyKey: 'key-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => clinical.ask(layla, PRESCRIBE, { input: keyed })),
    );

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    expect(await rowsOf('prescription')).toHaveLength(1);
    expect(await rowsOf('prescription_item')).toHaveLength(2);
    expect(await rowsOf('outbox')).toHaveLength(1);
  });

  it('refuses a key that was used for another request, and keeps keys of two doctors apart', async () => {
    await clinical.ask(layla, PRESCRIBE, { input: { ...input, idempotencyKey: 'key-1' } });

    const other = { patientId: 'mona', items: [ITEM], idempotencyKey: 'key-1' };
    expect(problem(await clinical.ask(layla, PRESCRIBE, { input: other }))[0]).toBe('CONFLICT');
    const elsewhere = { patientId: 'khaled', items: [ITEM], idempotencyKey: 'key-1' };
    expect((await clinical.ask(omar, PRESCRIBE, { input: elsewhere })).errors).toBeUndefined();
    expect(await rowsOf('prescription')).toHaveLength(2);
  });
});

describe('a consent', () => {
  it('is granted until revoked, written down, and named to the patient', async () => {
    const answer = await clinical.ask(mona, GRANT, { doctorId: 'omar' });

    const consent = answer.data?.['grantConsent'] as { id: string };
    expect(consent).toMatchObject({
      doctor: { id: 'omar' },
      grantedAt: '2026-03-04T10:00:00.000Z',
      expiresAt: null,
      revokedAt: null,
    });
    expect(await rowsOf('audit_event')).toMatchObject([
      { patient_id: 'mona', actor_id: 'mona', action: 'CREATE', reason: 'Own record', entity: `Consent/${consent.id}` },
    ]);
  });

  it('takes the new expiry when the same doctor gets it again, also in twenty requests at once', async () => {
    const one = await clinical.ask(mona, GRANT, { doctorId: 'omar', expiresAt: '2026-03-10T00:00:00Z' });
    const many = await Promise.all(
      Array.from({ length: 20 }, () =>
        clinical.ask(mona, GRANT, { doctorId: 'omar', expiresAt: '2026-04-10T00:00:00Z' }),
      ),
    );

    const { id } = one.data?.['grantConsent'] as { id: string };
    for (const { data } of many)
      expect(data?.['grantConsent']).toMatchObject({ id, expiresAt: '2026-04-10T00:00:00.000Z' });
    expect(await rowsOf('consent')).toHaveLength(1);
  });

  it('starts anew after the former one has expired or was revoked', async () => {
    const ids: string[] = [];
    for (const expiresAt of ['2026-03-10T00:00:00Z', '2026-03-20T00:00:00Z']) {
      const { data } = await clinical.ask(mona, GRANT, { doctorId: 'omar', expiresAt });
      ids.push((data?.['grantConsent'] as { id: string }).id);
      clinical.clock.now = new Date('2026-03-15T00:00:00.000Z');
    }
    await clinical.ask(mona, REVOKE, { id: ids[1] });
    clinical.clock.now = new Date('2026-03-16T00:00:00.000Z');
    await clinical.ask(mona, GRANT, { doctorId: 'omar' });

    expect(await rowsOf('consent')).toMatchObject([
      { id: ids[0], revoked_at: null, ended_at: new Date('2026-03-10T00:00:00Z') },
      { id: ids[1], revoked_at: new Date('2026-03-15T00:00:00Z') },
      { revoked_at: null, ended_at: null, expires_at: null },
    ]);
  });

  it('is revoked once, however often the patient asks', async () => {
    const { data } = await clinical.ask(mona, GRANT, { doctorId: 'omar' });
    const { id } = data?.['grantConsent'] as { id: string };

    const once = await clinical.ask(mona, REVOKE, { id });
    clinical.clock.now = new Date('2026-03-05T10:00:00.000Z');
    const twice = await clinical.ask(mona, REVOKE, { id });

    expect(once.data?.['revokeConsent']).toEqual({ id, revokedAt: '2026-03-04T10:00:00.000Z' });
    expect(twice).toEqual(once);
    expect((await rowsOf('audit_event')).map(({ action }) => action).sort()).toEqual(['CREATE', 'UPDATE']);
  });

  it('of another patient is not found, and stands', async () => {
    const { data } = await clinical.ask(mona, GRANT, { doctorId: 'omar' });
    const { id } = data?.['grantConsent'] as { id: string };

    const foreign = await clinical.ask(khaled, REVOKE, { id });
    const missing = await clinical.ask(khaled, REVOKE, { id: 'no-such' });

    expect(problem(foreign)[0]).toBe('NOT_FOUND');
    expect(problem(foreign)).toEqual(problem(missing));
    expect(await rowsOf('consent')).toMatchObject([{ revoked_at: null, ended_at: null }]);
  });

  it.each([
    ['"expiresAt"', { doctorId: 'omar', expiresAt: '2026-03-04T10:00:00Z' }],
    ['"doctorId"', { doctorId: 'mona' }],
    ['"doctorId"', { doctorId: ' ' }],
  ])('with a bad %s is not granted', async (words, wish) => {
    const [code, message] = problem(await clinical.ask(mona, GRANT, wish));

    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toContain(words);
    expect(await rowsOf('consent')).toEqual([]);
  });

  it('is for patients to give', async () => {
    expect(problem(await clinical.ask(layla, GRANT, { doctorId: 'layla' }))[0]).toBe('FORBIDDEN');
    expect(await rowsOf('consent')).toEqual([]);
  });
});

function problem({ errors }: Answer): [code: unknown, message: string | undefined] {
  return [errors?.[0]?.extensions?.['code'], errors?.[0]?.message];
}

const ORDER: Readonly<Record<string, string>> = {
  consent: 'granted_at, id',
  audit_event: 'occurred_at, id',
  outbox: 'sequence',
};

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await clinical.rows.query<Record<string, unknown>>(
    `SELECT * FROM ${table} ORDER BY ${ORDER[table] ?? 'id'}`,
  );
  return rows;
}
