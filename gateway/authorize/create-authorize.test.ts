import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, Kind, parse, type FragmentDefinitionNode, type GraphQLError } from 'graphql';
import { accessRules, isDemanding } from '../../wire/access.ts';
import { ANONYMOUS, type Identity, type Role } from '../../wire/identity.ts';
import type { Operation } from '../context.ts';
import { OperationRefused } from '../errors/gateway-error.ts';
import { createAuthorize } from './create-authorize.ts';

const sdl = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
const supergraph = buildASTSchema(parse(sdl), { assumeValidSDL: true });
const authorize = createAuthorize(supergraph);

const SCOPES = ['appointments:write', 'records:read', 'records:write', 'orders:write'];
const person = (role: Role, scopes = SCOPES): Identity => ({ kind: 'user', subject: 'u', roles: [role], scopes });
const partner: Identity = { kind: 'partner', subject: 'acme', roles: ['PARTNER'], scopes: [] };

/** Root fields that anyone may select; `patient` is guarded by the type that it returns. */
const PUBLIC_ROOT_FIELDS = [
  'Mutation.login',
  'Mutation.refreshToken',
  'Mutation.register',
  'Mutation.resendOtp',
  'Mutation.verifyOtp',
  'Query.availableSlots',
  'Query.doctor',
  'Query.doctors',
  'Query.nearbyDoctors',
  'Query.product',
  'Query.searchProducts',
];

describe('the supergraph', () => {
  it('demands something for every root field that is not meant for everyone', () => {
    const rules = accessRules(supergraph);
    const rootFields = ['Query', 'Mutation', 'Subscription'].flatMap((type) =>
      [...rules].filter(([coordinate]) => coordinate.startsWith(`${type}.`)),
    );

    const open = rootFields.filter(([, rule]) => !isDemanding(rule)).map(([coordinate]) => coordinate);

    expect(open.sort()).toEqual(PUBLIC_ROOT_FIELDS);
    expect(rules.get('Query.patient')?.policies).not.toEqual([]);
  });
});

describe('an operation', () => {
  it('passes when nothing in it demands anything', async () => {
    const query = '{ doctors { edges { node { id user { name } nextAvailableSlots { id } } } } }';

    expect(await refusalOf(query, ANONYMOUS)).toEqual([]);
    expect(await refusalOf(query, partner)).toEqual([]);
  });

  it('is refused with the response path of each denied field, aliases included, and not of what is within', async () => {
    const query = '{ own: me { id name } doctors { totalCount } myOrders { edges { node { id } } } }';

    expect(await refusalOf(query, ANONYMOUS)).toEqual(['UNAUTHENTICATED own', 'UNAUTHENTICATED myOrders']);
    expect(await refusalOf(query, partner)).toEqual(['FORBIDDEN own', 'FORBIDDEN myOrders']);
    expect(await refusalOf(query, person('DOCTOR'))).toEqual(['FORBIDDEN myOrders']);
    expect(await refusalOf(query, person('PATIENT'))).toEqual([]);
  });

  it('tells where in the document the denied field stands', async () => {
    const [error] = await errorsOf('{ __typename\n  me { id } }', ANONYMOUS);

    expect(error?.toJSON()).toMatchObject({ locations: [{ line: 2, column: 3 }], path: ['me'] });
  });

  it('is refused for a field below a public one', async () => {
    const query = '{ doctor(id: "d") { id appointments(from: "a", to: "b") { totalCount } } }';

    expect(await refusalOf(query, person('DOCTOR'))).toEqual([]);
    expect(await refusalOf(query, person('PATIENT'))).toEqual(['FORBIDDEN doctor.appointments']);
    expect(await refusalOf(query, ANONYMOUS)).toEqual(['UNAUTHENTICATED doctor.appointments']);
  });

  it('is judged through fragments, inline and named, under the path of where they stand', async () => {
    const query = `
      query { a: doctor(id: "d") { ...Calendar ... { user { ... on User { n: notificationPreferences { email } } } } } }
      fragment Calendar on Doctor { cal: appointments(from: "a", to: "b") { totalCount } }
    `;

    expect(await refusalOf(query, ANONYMOUS)).toEqual(['UNAUTHENTICATED a.cal', 'UNAUTHENTICATED a.user.n']);
  });

  it('is judged on every type that may stand behind an interface', async () => {
    const query = (selection: string): string =>
      `{ patient(id: "p") { id timeline { edges { node { __typename ${selection} } } } } }`;

    expect(await refusalOf(query('id occurredAt ... on Consultation { notes }'), person('DOCTOR'))).toEqual([]);
    expect(await refusalOf(query('id'), person('NURSE'))).toEqual(['FORBIDDEN patient.timeline']);
    expect(await refusalOf(query('id'), person('DOCTOR', []))).toEqual(['FORBIDDEN patient.timeline']);
  });

  it('is refused on an interface when one of its types demands more, and passes on the other types alone', async () => {
    const check = createAuthorize(
      buildASTSchema(
        parse(`
          type Query { entry: Entry }
          interface Entry { id: ID! }
          type Open implements Entry { id: ID! }
          type Closed implements Entry @policy(policies: [["role:ADMIN"]]) { id: ID! }
          directive @policy(policies: [[String!]!]!) on OBJECT
        `),
      ),
    );
    const refused = async (query: string): Promise<number> =>
      (await errorsOf(query, person('PATIENT'), { check })).length;

    expect(await refused('{ entry { __typename } }')).toBe(0);
    expect(await refused('{ entry { ... on Open { id } } }')).toBe(0);
    expect(await refused('{ entry { id } }')).toBe(1);
    expect(await refused('{ entry { ... on Open { id } ... on Closed { id } } }')).toBe(1);
  });

  it('is judged once for an identity where it is met, and for no other identity and nothing else', async () => {
    const booking = 'mutation { bookAppointment(input: {}) { __typename } }';
    const patient = person('PATIENT');
    const isKnown = (one: Identity) => authorize(operationOf(booking, {}), { identity: one, key: '' }) === undefined;

    expect(await refusalOf(booking, patient)).toEqual([]);
    expect(isKnown(patient)).toBe(true);
    expect(await refusalOf(booking, person('PHARMACY'))).toEqual(['FORBIDDEN bookAppointment']);
    expect(await refusalOf(booking, person('PHARMACY'))).toEqual(['FORBIDDEN bookAppointment']);
    expect(isKnown(person('PATIENT'))).toBe(false);
    expect(await refusalOf('mutation { completeAppointment(id: 1) { id } }', patient)).toEqual([
      'FORBIDDEN completeAppointment',
    ]);
  });

  it('is judged on members of unions', async () => {
    const query = `mutation {
      bookAppointment(input: {}) {
        ... on SlotTaken { nextAvailableSlots { id } } ... on AppointmentBooked { appointment { id } }
      }
    }`;

    expect(await refusalOf(query, person('PATIENT'))).toEqual([]);
    expect(await refusalOf(query, person('PHARMACY'))).toEqual(['FORBIDDEN bookAppointment']);
    expect(await refusalOf(query, person('PATIENT', ['records:read']))).toEqual(['FORBIDDEN bookAppointment']);
  });

  it('is judged on subscriptions as on queries', async () => {
    const query = 'subscription { appointmentStatusChanged { eventId } }';

    expect(await refusalOf(query, ANONYMOUS)).toEqual(['UNAUTHENTICATED appointmentStatusChanged']);
    expect(await refusalOf(query, partner)).toEqual(['FORBIDDEN appointmentStatusChanged']);
    expect(await refusalOf(query, person('PATIENT'))).toEqual([]);
  });

  it('is not judged on what @skip and @include take away this time', async () => {
    const query = `query ($with: Boolean!) {
      doctors { totalCount } me @include(if: $with) { id } ...Own @skip(if: $without) ... @include(if: false) { me { id } }
    }
    fragment Own on Query { myOrders { edges { cursor } } }`;
    const ask = (withMe: boolean, without: boolean) =>
      refusalOf(query, ANONYMOUS, { variables: { with: withMe, without } });

    expect(await ask(false, true)).toEqual([]);
    expect(await ask(true, true)).toEqual(['UNAUTHENTICATED me']);
    expect(await ask(false, false)).toEqual(['UNAUTHENTICATED myOrders']);
    expect(await ask(false, true)).toEqual([]);
  });

  it('may ask for __typename and for the schema, whoever asks', async () => {
    expect(
      await refusalOf('{ __typename __schema { types { name } } __type(name: "User") { name } }', ANONYMOUS),
    ).toEqual([]);
  });

  it('passes for one caller and is refused for another, whichever comes first', async () => {
    const query = '{ me { id } }';

    for (const [identity, refused] of [
      [person('PATIENT'), []],
      [ANONYMOUS, ['UNAUTHENTICATED me']],
      [person('PATIENT'), []],
    ] as const)
      expect(await refusalOf(query, identity)).toEqual(refused);
  });

  it('costs what its document is long, not what its fragments unfold to', async () => {
    const fragments = Array.from(
      { length: 40 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ... { ...F${n + 1} } }`,
    );
    const query = `{ ...F0 } ${fragments.join(' ')} fragment F40 on Query { me { id } }`;

    expect(await refusalOf(query, ANONYMOUS)).toEqual(['UNAUTHENTICATED me']);
  });
});

interface Options {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly check?: ReturnType<typeof createAuthorize>;
}

async function refusalOf(query: string, identity: Identity, options?: Options): Promise<string[]> {
  const errors = await errorsOf(query, identity, options);
  return errors.map(({ path, extensions }) => `${String(extensions['code'])} ${path?.join('.') ?? ''}`);
}

async function errorsOf(
  query: string,
  identity: Identity,
  { variables = {}, check = authorize }: Options = {},
): Promise<readonly GraphQLError[]> {
  try {
    await check(operationOf(query, variables), { identity, key: JSON.stringify(identity) });
    return [];
  } catch (error) {
    if (error instanceof OperationRefused) return error.errors;
    throw error;
  }
}

function operationOf(query: string, variables: Readonly<Record<string, unknown>>): Operation {
  const { definitions } = parse(query);
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return {
    kind: definition.operation,
    name: undefined,
    definition,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables,
    key: query,
  };
}
