import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { createPostgresEventBus } from '../../events/postgres-event-bus.ts';
import { waitUntil } from '../../platform/wait-until.ts';
import { seedDoctors } from '../../prisma/seed/doctors.ts';
import { buildWorld } from '../../prisma/seed/world.ts';
import { createTestDatabase, eventSettings, type TestDatabase } from '../../test/support/postgres.ts';
import { createTestGateway, person, type Answer, type TestGateway } from '../../test/support/test-gateway.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';
import { ANONYMOUS, type Identity } from '../../wire/identity.ts';
import { loadSchema } from '../shared/load-schema.ts';
import { fieldsWithoutRule } from '../shared/permissions.ts';
import { createDoctorsSubgraph, type DoctorsSubgraph } from './build.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';

interface DoctorNode {
  readonly id: string;
  readonly specialization: string;
  readonly workplaces?: readonly { readonly name: string; readonly address: { readonly city: string } }[];
}
interface Page<Edge> {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly (Edge & { readonly cursor: string; readonly node: DoctorNode })[];
}

const world = buildWorld(new Date('2026-03-04T10:00:00Z'));
const CAIRO = { latitude: 30.0444, longitude: 31.2357 };
const partner: Identity = { kind: 'partner', subject: 'acme-health', roles: ['PARTNER'], scopes: [] };
const patient = person('some-patient', 'PATIENT');
const admin = person('some-admin', 'ADMIN');
const statements: string[] = [];

let own: TestDatabase;
let events: TestDatabase;
let rows: pg.Pool;
let gateway: TestGateway;
let subgraph: DoctorsSubgraph;

beforeAll(async () => {
  [own, events] = await Promise.all([createTestDatabase('doctors'), createTestDatabase('events')]);
  rows = new pg.Pool({ connectionString: own.url, max: 2 });
  await seedDoctors(own.url, world);
  await rows.query(`
    INSERT INTO doctor (id, display_name, specialization, verification_status, bio)
    VALUES ('waiting', 'Dr. Waiting', 'Neurology', 'PENDING', NULL),
           ('rejected', 'Dr. Rejected', 'Neurology', 'REJECTED', NULL),
           ('accented', 'Dr. Élodie Öz-Ng', 'Sleep Medicine', 'VERIFIED', 'Does 100% of her visits by video')`);
  await rows.query(`
    INSERT INTO workplace (id, doctor_id, name, type, time_zone, fee_hundredths, currency, street, city, country, latitude, longitude)
    VALUES ('hidden-place', 'waiting', 'Hidden', 'CLINIC', 'Africa/Cairo', 5, 'EGP', 'Street', 'Cairo', 'EG', 30.0444, 31.2357),
           ('dateline', 'accented', 'East', 'CLINIC', 'Pacific/Fiji', 12345, 'FJD', 'Street', 'Suva', 'FJ', -17, 179.9),
           ('online', 'accented', 'Online', 'TELEMEDICINE', 'Pacific/Fiji', 0, 'FJD', 'Street', 'Suva', 'FJ', NULL, NULL)`);
  gateway = await createTestGateway();
  subgraph = await createDoctorsSubgraph({
    databaseUrl: own.url,
    eventSettings: eventSettings(events.url),
    assertionKeys: { jwks: gateway.jwks },
    log: pino({ level: 'silent' }),
    onStatement: (sql) => statements.push(sql),
  });
});

afterAll(async () => {
  await subgraph.close();
  await rows.end();
  await Promise.all([own.drop(), events.drop()]);
});

const ask = (caller: Identity, query: string, variables: object = {}): Promise<Answer> =>
  gateway.ask({ name: 'doctors', app: subgraph.app }, caller, query, variables);

async function dataOf<Data>(caller: Identity, query: string, variables: object = {}): Promise<Data> {
  const { data, errors } = await ask(caller, query, variables);
  expect(errors).toBeUndefined();
  return data as Data;
}

const FIND = /* GraphQL */ `
  query Find($filter: DoctorFilter, $first: Int! = 100, $after: String) {
    doctors(filter: $filter, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          specialization
          verificationStatus
          user {
            id
          }
          workplaces {
            id
            name
            type
            timeZone
            consultationFee {
              amount
              currency
            }
            address {
              city
              country
            }
            location {
              latitude
            }
          }
        }
      }
    }
  }
`;

async function find(filter: object, caller: Identity = ANONYMOUS): Promise<Page<object>> {
  return (await dataOf<{ doctors: Page<object> }>(caller, FIND, { filter })).doctors;
}

const idsOf = ({ edges }: Page<object>): string[] => edges.map(({ node }) => node.id);

it('shows the directory of verified doctors to everybody alike, by name', async () => {
  const [forAnyone, forPartner, forPatient] = await Promise.all([find({}), find({}, partner), find({}, patient)]);

  expect(forAnyone.totalCount).toBe(world.doctors.length + 1);
  expect(forPartner).toEqual(forAnyone);
  expect(forPatient).toEqual(forAnyone);
  expect(idsOf(forAnyone)).not.toContain('waiting');
  expect(idsOf(forAnyone)).not.toContain('rejected');
  const names = new Map(world.doctors.map(({ id, person: { name } }) => [id, name]));
  const shown = idsOf(forAnyone).map((id) => names.get(id) ?? 'Dr. Élodie Öz-Ng');
  expect(shown).toEqual([...shown].sort());
});

it('walks through pages without losing or repeating anyone', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { doctors }: { doctors: Page<object> } = await dataOf(ANONYMOUS, FIND, { first: 7, after });
    expect(doctors.totalCount).toBe(world.doctors.length + 1);
    expect(doctors.edges.length).toBeLessThanOrEqual(7);
    seen.push(...idsOf(doctors));
    after = doctors.pageInfo.hasNextPage ? doctors.pageInfo.endCursor : null;
  } while (after !== null);

  expect(seen).toEqual(idsOf(await find({})));
});

it.each([
  ['a word of the name', { text: 'Layla' }],
  ['the beginnings of words, in any order and case', { text: 'MANS layl' }],
  ['words over name and specialization', { text: 'layla cardiology' }],
  ['a word of the biography', { text: 'mansour cairo blood' }],
])('finds by %s', async (_, filter) => {
  expect(idsOf(await find(filter))).toContain(world.doctors[0]?.id);
});

it('finds names with accents and hyphens in any letter case', async () => {
  expect(idsOf(await find({ text: 'ÉLODIE öz-ng' }))).toEqual(['accented']);
  expect(idsOf(await find({ specialization: 'SLEEP medicine' }))).toEqual(['accented']);
});

it.each(["'", '%', '& | ! ( ) :*', "'; DROP TABLE doctor; --", '\\', '*', 'layla:* & !x'])(
  'takes %p as a text to look for and not as a piece of a query',
  async (text) => {
    const { data, errors } = await ask(ANONYMOUS, FIND, { filter: { text } });

    expect(errors).toBeUndefined();
    expect((data as unknown as { doctors: Page<object> }).doctors.totalCount).toBeLessThan(world.doctors.length);
  },
);

it('filters by specialization and by the city of any workplace, both at once', async () => {
  const page = await find({ specialization: 'cardiology', city: 'cairo' });

  expect(page.totalCount).toBeGreaterThan(0);
  expect(page.edges).toHaveLength(page.totalCount);
  for (const { node } of page.edges) {
    expect(node.specialization).toBe('Cardiology');
    expect(node.workplaces?.map(({ address }) => address.city)).toContain('Cairo');
  }
  expect(page.totalCount).toBeLessThan((await find({ specialization: 'Cardiology' })).totalCount);
  expect((await find({ specialization: 'Cardio' })).totalCount).toBe(0);
});

it('takes a blank filter for none', async () => {
  expect(await find({ text: '  ', specialization: '', city: null })).toEqual(await find({}));
});

it.each([
  ['a text without end', { filter: { text: 'x'.repeat(101) } }, 'filter.text'],
  ['a page without end', { first: 101 }, 'first'],
  ['a negative page', { first: -1 }, 'first'],
  ['a cursor of its own making', { after: 'bm90IGEgY3Vyc29y' }, 'after'],
])('refuses %s and names the field', async (_, variables, field) => {
  const { errors } = await ask(ANONYMOUS, FIND, variables);

  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  expect(errors?.[0]?.message).toContain(`"${field}"`);
});

it('makes the same few SQL statements for ten doctors and for fifty', async () => {
  const count = async (first: number): Promise<number> => {
    statements.length = 0;
    await dataOf(ANONYMOUS, FIND, { first });
    return statements.length;
  };

  const [ten, fifty] = [await count(10), await count(50)];

  expect(ten).toBe(3); // the page, its total, the workplaces
  expect(fifty).toBe(ten);
});

it('tells the fee of a workplace exactly, and its place only where it is known', async () => {
  const { doctor } = await dataOf<{ doctor: unknown }>(
    ANONYMOUS,
    '{ doctor(id: "accented") { workplaces { type consultationFee { amount currency } address { street state } location { latitude longitude } } } }',
  );

  expect(doctor).toEqual({
    workplaces: [
      {
        type: 'CLINIC',
        consultationFee: { amount: '123.45', currency: 'FJD' },
        address: { street: 'Street', state: null },
        location: { latitude: -17, longitude: 179.9 },
      },
      {
        type: 'TELEMEDICINE',
        consultationFee: { amount: '0.00', currency: 'FJD' },
        address: { street: 'Street', state: null },
        location: null,
      },
    ],
  });
});

const NEARBY = /* GraphQL */ `
  query Nearby($near: GeoPointInput!, $radiusKm: Float!, $first: Int! = 100, $after: String) {
    nearbyDoctors(near: $near, radiusKm: $radiusKm, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        distanceKm
        node {
          id
          specialization
        }
      }
    }
  }
`;

type NearbyPage = Page<{ readonly distanceKm: number }>;

async function nearby(variables: object): Promise<NearbyPage> {
  return (await dataOf<{ nearbyDoctors: NearbyPage }>(ANONYMOUS, NEARBY, variables)).nearbyDoctors;
}

it('finds each verified doctor near a point once, by the nearest workplace, nearest first', async () => {
  const { edges, totalCount } = await nearby({ near: CAIRO, radiusKm: 10 });

  const expected = world.doctors
    .map(({ id, workplaces }) => ({ id, km: Math.min(...workplaces.map((place) => kmBetween(CAIRO, place))) }))
    .filter(({ km }) => km <= 10)
    .sort((one, other) => one.km - other.km);
  expect(expected.length).toBeGreaterThan(3);
  expect(edges.map(({ node }) => node.id)).toEqual(expected.map(({ id }) => id));
  edges.forEach(({ distanceKm }, index) => expect(distanceKm).toBeCloseTo(expected[index]?.km ?? -1, 6));
  expect(totalCount).toBe(expected.length);
});

it('walks through the pages of nearby doctors without losing or repeating anyone', async () => {
  const all = await nearby({ near: CAIRO, radiusKm: 250 });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: NearbyPage = await nearby({ near: CAIRO, radiusKm: 250, first: 4, after });
    expect(page.totalCount).toBe(all.totalCount);
    seen.push(...idsOf(page));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);

  expect(seen).toEqual(idsOf(all));
  expect(new Set(seen).size).toBe(all.totalCount);
});

it('looks across the date line', async () => {
  const { edges } = await nearby({ near: { latitude: -17, longitude: -179.9 }, radiusKm: 50 });

  expect(edges.map(({ node }) => node.id)).toEqual(['accented']);
  expect(edges[0]?.distanceKm).toBeCloseTo(21.27, 1);
});

it.each([
  ['near.latitude', { near: { latitude: 90.1, longitude: 0 }, radiusKm: 1 }],
  ['near.longitude', { near: { latitude: 0, longitude: -180.5 }, radiusKm: 1 }],
  ['radiusKm', { near: CAIRO, radiusKm: 0 }],
  ['radiusKm', { near: CAIRO, radiusKm: 500.1 }],
  ['after', { near: CAIRO, radiusKm: 1, after: Buffer.from('["far","x"]').toString('base64url') }],
])('refuses a %s that makes no sense', async (field, variables) => {
  const { errors } = await ask(ANONYMOUS, NEARBY, variables);

  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  expect(errors?.[0]?.message).toContain(`"${field}"`);
});

const ENTITIES = /* GraphQL */ `
  query Entities($representations: [_Any!]!) {
    _entities(representations: $representations) {
      __typename
      ... on Doctor {
        id
        specialization
        workplaces {
          id
        }
      }
      ... on Workplace {
        id
        name
      }
    }
  }
`;

it.each([
  ['anonymous callers', ANONYMOUS, null],
  ['partners', partner, null],
  ['patients', patient, null],
  ['other doctors', person(world.doctors[0]?.id ?? '', 'DOCTOR'), null],
  ['the person', person('waiting', 'DOCTOR'), { id: 'waiting' }],
  ['administrators', admin, { id: 'waiting' }],
])(
  'shows an unverified doctor and their workplace to %s as it should, by query and by reference',
  async (_, caller, seen) => {
    const { doctor } = await dataOf<{ doctor: unknown }>(caller, '{ doctor(id: "waiting") { id } }');
    const { _entities } = await dataOf<{ _entities: unknown[] }>(caller, ENTITIES, {
      representations: [
        { __typename: 'Doctor', id: 'waiting' },
        { __typename: 'Workplace', id: 'hidden-place' },
        { __typename: 'Doctor', id: 'nobody' },
        { __typename: 'Workplace', id: 'nowhere' },
        { __typename: 'Doctor', id: 'accented' },
      ],
    });

    expect(doctor).toEqual(seen);
    expect(_entities.map((entity) => entity !== null)).toEqual([seen !== null, seen !== null, false, false, true]);
  },
);

it('resolves a list of references with a constant number of statements', async () => {
  const representations = world.doctors.flatMap(({ id, workplaces }) => [
    { __typename: 'Doctor', id },
    ...workplaces.map((place) => ({ __typename: 'Workplace', id: place.id })),
  ]);
  statements.length = 0;

  const { _entities } = await dataOf<{ _entities: unknown[] }>(partner, ENTITIES, { representations });

  expect(_entities.every((entity) => entity !== null)).toBe(true);
  expect(statements.length).toBeLessThanOrEqual(4);
});

it("gives a doctor's own profile, which patients have no use for", async () => {
  const ownDoctor = /* GraphQL */ `
    query Own($id: ID!) {
      _entities(representations: [{ __typename: "User", id: $id }]) {
        ... on User {
          id
          doctor {
            id
          }
        }
      }
    }
  `;
  const [pending, none, forbidden, unknown] = await Promise.all([
    ask(person('waiting', 'DOCTOR'), ownDoctor, { id: 'waiting' }),
    ask(admin, ownDoctor, { id: 'some-patient' }),
    ask(patient, ownDoctor, { id: world.doctors[0]?.id }),
    ask(ANONYMOUS, ownDoctor, { id: world.doctors[0]?.id }),
  ]);

  expect(pending).toEqual({ data: { _entities: [{ id: 'waiting', doctor: { id: 'waiting' } }] } });
  expect(none.data).toEqual({ _entities: [{ id: 'some-patient', doctor: null }] });
  expect(forbidden.data).toEqual({ _entities: [{ id: world.doctors[0]?.id, doctor: null }] });
  expect(forbidden.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  expect(unknown.errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' });
});

it('has a rule for every field', () => {
  expect(fieldsWithoutRule(loadSchema('doctors', resolvers), permissions)).toEqual([]);
});

it('opens an unverified profile for a person who registered as a doctor, once, and for nobody else', async () => {
  const bus = createPostgresEventBus({ connectionString: events.url });
  const verified = (id: string, subject: string, role: string): DomainEvent => ({
    id,
    type: 'user.verified',
    source: 'users',
    subject,
    time: '2026-03-04T10:00:00.000Z',
    audience: [subject],
    data: { role },
  });

  await bus.publish([verified('e1', 'new-doctor', 'DOCTOR'), verified('e2', 'new-patient', 'PATIENT')]);
  await bus.publish([
    verified('e3', 'new-doctor', 'DOCTOR'),
    verified('e4', 'accented', 'DOCTOR'),
    verified('e5', 'last', 'DOCTOR'),
  ]);

  const written = async () =>
    (
      await rows.query(`
        SELECT id, specialization, verification_status FROM doctor
        WHERE id IN ('new-doctor', 'new-patient', 'accented', 'last') ORDER BY id`)
    ).rows as unknown[];
  expect(await waitUntil(async () => (await written()).length >= 3, 30_000)).toBe(true);
  await bus.close();
  expect(await written()).toEqual([
    { id: 'accented', specialization: 'Sleep Medicine', verification_status: 'VERIFIED' },
    { id: 'last', specialization: 'General Practice', verification_status: 'PENDING' },
    { id: 'new-doctor', specialization: 'General Practice', verification_status: 'PENDING' },
  ]);
});

it('is ready while its database answers', async () => {
  expect((await subgraph.app.inject('/health/ready')).statusCode).toBe(200);
});

it.each([
  ['a fee below nothing', `UPDATE workplace SET fee_hundredths = -1 WHERE id = 'online'`],
  ['half a location', `UPDATE workplace SET latitude = 1 WHERE id = 'online'`],
  ['a place that is not on Earth', `UPDATE workplace SET latitude = 91, longitude = 0 WHERE id = 'online'`],
  ['a verified doctor without a name', `UPDATE doctor SET display_name = '' WHERE id = 'accented'`],
  ['a workplace of nobody', `UPDATE workplace SET doctor_id = 'nobody' WHERE id = 'online'`],
])('keeps %s out of the database', async (_, change) => {
  await expect(rows.query(change)).rejects.toThrow('violates');
});

/** The spherical law of cosines: another formula than the one under test. */
function kmBetween(from: { latitude: number; longitude: number }, to: { latitude: number; longitude: number }): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const cosine =
    Math.sin(radians(from.latitude)) * Math.sin(radians(to.latitude)) +
    Math.cos(radians(from.latitude)) *
      Math.cos(radians(to.latitude)) *
      Math.cos(radians(to.longitude - from.longitude));
  return 6371.0088 * Math.acos(Math.min(1, cosine));
}
