import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../test/support/postgres.ts';
import { person, type Answer } from '../../test/support/test-gateway.ts';
import { codesOf, startUsers, type UsersUnderTest } from '../../test/support/users-subgraph.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { seedId } from '../../prisma/seed/seed-id.ts';
import { seedUsers } from '../../prisma/seed/users.ts';
import { buildWorld } from '../../prisma/seed/world.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { fieldsWithoutRule } from '../shared/permissions.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

const world = buildWorld(new Date());
const idOf = (name: string): string => seedId('user', `${name}@example.com`);

const patient = person(idOf('patient'), 'PATIENT');
const patient2 = person(idOf('patient2'), 'PATIENT');
const doctor = person(idOf('doctor'), 'DOCTOR');
const doctor2 = person(idOf('doctor2'), 'DOCTOR');
const assistant = person(idOf('assistant'), 'ASSISTANT');
const nurse = person(idOf('nurse'), 'NURSE');
const pharmacy = person(idOf('pharmacy'), 'PHARMACY');
const admin = person(idOf('admin'), 'ADMIN');
const partner: Identity = { kind: 'partner', subject: 'acme-health', roles: ['PARTNER'], scopes: [] };

const PRIVATE = ['email', 'phone', 'isVerified', 'dateOfBirth', 'gender', 'createdAt', 'addresses'];

let database: TestDatabase;
let users: UsersUnderTest;
beforeAll(async () => {
  database = await createTestDatabase('users');
  await seedUsers(database.url, world);
  users = await startUsers({ database });
});
beforeEach(() => {
  users.statements.length = 0;
});
afterAll(async () => {
  await users.close();
  await database.drop();
});

type Entities = readonly (Record<string, unknown> | null)[];

async function entities(type: 'User' | 'Patient', ids: readonly unknown[], fields: string, as: Identity) {
  const answer = await users.ask(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${fields} } } }`,
    { representations: ids.map((id) => ({ __typename: type, id })) },
    as,
  );
  return { answer, list: (answer.data as { _entities: Entities } | null)?._entities ?? [] };
}

function patientById(id: string, as: Identity): Promise<Answer> {
  return users.ask('query ($id: ID!) { patient(id: $id) { id name dateOfBirth gender phone } }', { id }, as);
}

describe('me', () => {
  it('is the whole account of the signed-in person', async () => {
    const answer = await users.ask(
      `{ me { id email name phone role isVerified dateOfBirth gender profilePictureUrl createdAt
              addresses { id type street city state postalCode country isDefault } } }`,
      {},
      patient,
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      me: {
        id: idOf('patient'),
        email: 'patient@example.com',
        name: 'Mona Saleh',
        role: 'PATIENT',
        isVerified: true,
        dateOfBirth: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        addresses: [{ type: 'HOME', country: 'EG', isDefault: true }],
      },
    });
  });

  it.each([
    ['anonymous callers', ANONYMOUS, 'UNAUTHENTICATED'],
    ['partners', partner, 'FORBIDDEN'],
  ] as const)('is not for %s', async (_, as, code) => {
    const answer = await users.ask('{ me { id } }', {}, as);

    expect(codesOf(answer)).toEqual([code]);
    expect(answer.data).toEqual({ me: null });
  });
});

describe('a user', () => {
  it.each([
    ['anonymous callers', ANONYMOUS],
    ['partners', partner],
    ['patients', patient],
  ] as const)('who is a doctor has a public name, picture and role for %s', async (_, as) => {
    const { answer, list } = await entities('User', [idOf('doctor')], 'id name role profilePictureUrl', as);

    expect(answer.errors).toBeUndefined();
    expect(list).toEqual([{ id: idOf('doctor'), name: 'Dr. Layla Mansour', role: 'DOCTOR', profilePictureUrl: null }]);
  });

  it.each([
    ['anonymous callers', ANONYMOUS, null],
    ['partners', partner, null],
    ['the signed-in', patient, 'Huda Kamel'],
  ] as const)('of the staff has a name for the signed-in: %s', async (_, as, name) => {
    const { list } = await entities('User', [idOf('assistant')], 'id name role', as);

    expect(list[0]).toMatchObject({ id: idOf('assistant'), name, role: name === null ? null : 'ASSISTANT' });
  });

  it.each([
    ['themself', patient, true],
    ['the doctor', doctor, true],
    ['the assistant of the doctor', assistant, true],
    ['the nurse of the doctor', nurse, true],
    ['an administrator', admin, true],
    ['another doctor', doctor2, false],
    ['another patient', patient2, false],
    ['a pharmacy', pharmacy, false],
    ['a partner', partner, false],
    ['nobody', ANONYMOUS, false],
  ] as const)('who is a patient has a name for those who look after them: %s', async (_, as, isVisible) => {
    const { answer, list } = await entities('User', [idOf('patient')], 'id name role', as);

    expect(list[0]?.['id']).toBe(idOf('patient'));
    expect(list[0]?.['name']).toBe(isVisible ? 'Mona Saleh' : null);
    expect(codesOf(answer)).toEqual(isVisible ? [] : ['FORBIDDEN', 'FORBIDDEN']);
  });

  it.each([
    ['the doctor who looks after them', doctor],
    ['another patient', patient2],
    ['nobody', ANONYMOUS],
  ] as const)('keeps everything else to themself, from %s', async (_, as) => {
    const fields = PRIVATE.map((field) => (field === 'addresses' ? 'addresses { street }' : field)).join(' ');

    for (const owner of ['patient', 'assistant', 'doctor2']) {
      const { answer, list } = await entities('User', [idOf(owner)], `id ${fields}`, as);
      expect(list).toEqual([{ id: idOf(owner), ...Object.fromEntries(PRIVATE.map((field) => [field, null])) }]);
      expect(codesOf(answer)).toEqual(PRIVATE.map(() => 'FORBIDDEN'));
    }
  });

  it('shows an administrator everything', async () => {
    const { answer, list } = await entities('User', [idOf('patient')], 'email phone addresses { city }', admin);

    expect(answer.errors).toBeUndefined();
    expect(list[0]).toMatchObject({ email: 'patient@example.com', addresses: [{ city: 'Cairo' }] });
  });

  it('is not there for an id that nobody has', async () => {
    const ids = ['nobody', '', 7, null, { contains: 'a' }, [idOf('patient')], idOf('doctor')];

    for (const type of ['User', 'Patient'] as const) {
      const { list } = await entities(type, ids, 'id name', admin);
      expect(list.slice(0, -1)).toEqual([null, null, null, null, null, null]);
    }
  });
});

describe('a patient', () => {
  it.each([
    ['themself', patient],
    ['the doctor', doctor],
    ['the assistant', assistant],
    ['the nurse', nurse],
    ['an administrator', admin],
  ] as const)('is shown to %s, without an address or an e-mail', async (_, as) => {
    const answer = await patientById(idOf('patient'), as);

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ patient: { name: 'Mona Saleh', gender: 'FEMALE' } });
    expect((await entities('Patient', [idOf('patient')], 'id name', as)).list).toEqual([
      { id: idOf('patient'), name: 'Mona Saleh' },
    ]);
  });

  it.each([
    ['another patient', patient2],
    ['another doctor', doctor2],
  ] as const)('and an id that nobody has are one to %s', async (_, as) => {
    const answers = [await patientById(idOf('patient'), as), await patientById('nobody', as)];

    expect(answers[0]).toEqual(answers[1]);
    expect(codesOf(answers[0] ?? {})).toEqual(['FORBIDDEN']);
    expect(answers[0]?.errors?.[0]?.message).toBe('You do not look after this patient.');
    expect((await entities('Patient', [idOf('patient'), 'nobody'], 'id name', as)).list).toEqual([null, null]);
  });

  it.each([
    ['a pharmacy', pharmacy, 'FORBIDDEN'],
    ['a partner', partner, 'FORBIDDEN'],
    ['nobody', ANONYMOUS, 'UNAUTHENTICATED'],
  ] as const)('is refused to %s by the schema', async (_, as, code) => {
    expect(codesOf(await patientById(idOf('patient'), as))).toEqual([code]);
    const { answer, list } = await entities('Patient', [idOf('patient')], 'id name', as);
    expect(list).toEqual([null]);
    expect(JSON.stringify(answer)).not.toContain('Mona');
  });

  it('is never somebody who is not a patient', async () => {
    expect((await entities('Patient', [idOf('doctor')], 'id name phone', doctor)).list).toEqual([null]);
    expect((await entities('Patient', [idOf('doctor')], 'id name phone', admin)).list).toEqual([null]);
  });
});

describe('updateProfile', () => {
  const UPDATE = `mutation ($input: UpdateProfileInput!) {
    updateProfile(input: $input) { id name phone dateOfBirth gender }
  }`;

  it('changes what is given, empties what is null, leaves the rest', async () => {
    const before = await users.sql('SELECT name, gender FROM account WHERE id = $1', [idOf('patient2')]);

    const answer = await users.ask(UPDATE, { input: { phone: null, dateOfBirth: '1990-04-23' } }, patient2);

    expect(answer).toEqual({
      data: { updateProfile: { id: idOf('patient2'), ...before[0], phone: null, dateOfBirth: '1990-04-23' } },
    });
  });

  it.each([
    ['name', { name: null }],
    ['name', { name: ' ' }],
    ['dateOfBirth', { dateOfBirth: '2999-01-01' }],
    ['dateOfBirth', { dateOfBirth: '1799-01-01' }],
    ['phone', { phone: '12' }],
  ])('refuses a bad %s, and changes nothing', async (field, input) => {
    const before = await users.sql('SELECT * FROM account WHERE id = $1', [idOf('patient2')]);

    const answer = await users.ask(UPDATE, { input }, patient2);

    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toContain(field);
    expect(await users.sql('SELECT * FROM account WHERE id = $1', [idOf('patient2')])).toEqual(before);
  });
});

describe('the subgraph', () => {
  it('has a rule for every field', () => {
    expect(fieldsWithoutRule(loadSchema('users', resolvers), permissions)).toEqual([]);
  });

  it('asks the database as often for fifty users and patients as for one', async () => {
    const ids = world.patients.slice(0, 50).map(({ id }) => id);
    const count = async (some: readonly string[]): Promise<number> => {
      users.statements.length = 0;
      await entities('User', some, 'id name', doctor);
      await entities('Patient', some, 'id name phone', doctor);
      await entities('User', some, 'id addresses { id }', admin);
      return users.statements.length;
    };

    const forOne = await count(ids.slice(0, 1));

    expect(await count(ids)).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(6);
  });

  it('is seeded once', async () => {
    expect(await seedUsers(users.databaseUrl, world)).toBe('kept');
  });

  it('lets the seeded people in', async () => {
    const answer = await users.ask(
      'mutation { login(email: "Doctor@Example.com", password: "caregraph-demo") { user { id name role } } }',
    );

    expect(answer).toEqual({
      data: { login: { user: { id: idOf('doctor'), name: 'Dr. Layla Mansour', role: 'DOCTOR' } } },
    });
  });
});
