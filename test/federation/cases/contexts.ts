import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

const REFUSED = { hive: 'the native planner leaves contexts out' };

const BEDS: Readonly<Record<string, Row>> = { a: { id: 'a', label: 'A' }, b: { id: 'b', label: 'B' } };

const WARDS: readonly Row[] = [
  { id: 'w1', unit: 'cm', bed: BEDS['a'], beds: [BEDS['a'], BEDS['b']], room: { id: 'r1' } },
  { id: 'w2', unit: 'in', bed: BEDS['a'], beds: [BEDS['a'], BEDS['a']], room: { id: 'r1' } },
  { id: 'w3', unit: null, bed: BEDS['b'], beds: [], room: null },
  { id: 'w4', unit: 'cm', bed: BEDS['a'], beds: [null], room: { id: 'r2' } },
];

const PLACE = '$place ... on Hospital { unit } ... on Ward { unit } ... on Tent { size }';

export const CONTEXT_CASES: readonly FederationCase[] = [
  {
    rule: '@context, @fromContext',
    subgraphs: {
      wards: {
        sdl: `
          type Query { ward: Ward }
          type Ward @key(fields: "id") @context(name: "ward") { id: ID! unit: String! bed: Bed! }
          type Bed @key(fields: "id") { id: ID! length(unit: String @fromContext(field: "$ward { unit }")): String }
        `,
        resolvers: {
          Query: { ward: () => ({ id: 'w', unit: 'cm', bed: { id: 'b' } }) },
          Ward: itself,
          Bed: { ...itself, length: (_: unknown, { unit }: Row) => `200 ${String(unit)}` },
        },
      },
      beds: {
        sdl: 'type Bed @key(fields: "id") { id: ID! weight: Int }',
        resolvers: { Bed: { ...itself, weight: () => 40 } },
      },
    },
    exchanges: [
      {
        fact: 'takes an argument from an object above',
        query: '{ ward { bed { length } } }',
        data: { ward: { bed: { length: '200 cm' } } },
        refusedBy: REFUSED,
      },
      {
        fact: 'does not matter to the fields beside it',
        query: '{ ward { bed { weight } } }',
        data: { ward: { bed: { weight: 40 } } },
      },
    ],
  },
  {
    rule: '@fromContext: of a field with arguments',
    subgraphs: {
      wards: {
        sdl: `
          type Query { wards: [Ward!]! }
          type Size { value(unit: String = "m", digits: Int = 0): String! }
          type Ward @key(fields: "id") { id: ID! size: Size! unit(of: String = "wall"): String! bed: Bed! }
          type Bed @key(fields: "id") { id: ID! }
        `,
        resolvers: {
          Query: { wards: () => ['a', 'b'].map((id) => ({ id, size: { id }, bed: { id: 'b' } })) },
          Ward: { ...itself, unit: ({ id }: Row, { of }: Row) => `${String(of)} ${String(id)}` },
          Size: {
            value: ({ id }: Row, { unit, digits }: Row) => `${String(id)} ${String(unit)} ${String(digits)}`,
          },
        },
      },
      beds: {
        sdl: `
          type Ward @key(fields: "id", resolvable: false) @context(name: "ward") {
            id: ID!
            unit(of: String = "wall"): String! @external
            size: Size! @external
          }
          type Size { value(unit: String = "m", digits: Int = 0): String! @external }
          type Bed @key(fields: "id") {
            id: ID!
            length(unit: String @fromContext(field: "$ward { unit(of: \\"bed\\") }")): String
            room(space: String @fromContext(field: "$ward { size { value(digits: 2, unit: \\"cm\\") } }")): String
          }
        `,
        resolvers: {
          Bed: {
            ...itself,
            length: (_: unknown, { unit }: Row) => `2 ${String(unit)}`,
            room: (_: unknown, { space }: Row) => `in ${String(space)}`,
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'takes the value for those arguments, whatever the client asks of the same field',
        query:
          '{ wards { unit(of: "door") size { value(unit: "ft") } bed { length room } wall: unit bedside: unit(of: "bed") } }',
        data: {
          wards: ['a', 'b'].map((id) => ({
            unit: `door ${id}`,
            size: { value: `${id} ft 0` },
            bed: { length: `2 bed ${id}`, room: `in ${id} cm 2` },
            wall: `wall ${id}`,
            bedside: `bed ${id}`,
          })),
        },
        refusedBy: { ...REFUSED, apollo: 'the planner asks for the value without its arguments' },
      },
    ],
  },
  {
    rule: '@fromContext: of objects that another subgraph gives',
    subgraphs: {
      wards: {
        sdl: `
          type Query { hospital: Hospital wards: [Ward!]! places: [Place] broken: Ward odd: [Ward!]! many: [Ward!]! }
          union Place = Ward | Tent
          union Spot = Ward | Hall
          type Hospital @key(fields: "id") { id: ID! unit: String wards: [Ward!]! spots: [Spot] hall: Hall }
          type Ward @key(fields: "id") { id: ID! unit: String bed: Bed beds: [Bed]! room: Room }
          type Tent @key(fields: "id") { id: ID! size: String bed: Bed }
          type Hall @key(fields: "id") { id: ID! bed: Bed ward: Ward }
          type Room @key(fields: "id") { id: ID! }
          type Bed @key(fields: "id") { id: ID! twin: Bed label: String }
        `,
        resolvers: {
          Query: {
            hospital: () => ({
              id: 'h',
              unit: 'm',
              wards: WARDS,
              spots: [
                { __typename: 'Hall', id: 'x', bed: BEDS['a'] },
                { __typename: 'Ward', ...WARDS[1] },
              ],
              hall: { id: 'x', bed: BEDS['b'], ward: WARDS[0] },
            }),
            wards: () => WARDS,
            places: () => [
              { __typename: 'Tent', id: 't', size: 'ft', bed: BEDS['a'] },
              { __typename: 'Ward', ...WARDS[0] },
              null,
            ],
            broken: () => ({
              ...WARDS[0],
              unit: () => {
                throw new Error('no unit');
              },
            }),
            odd: () => WARDS.map((ward, index) => ({ ...ward, unit: index === 1 ? 'odd' : ward['unit'] })),
            many: () =>
              Array.from({ length: 120 }, (_, index) => ({ ...WARDS[0], id: `w${index}`, unit: `u${index % 60}` })),
          },
          Bed: { twin: ({ id }: Row) => BEDS[id === 'a' ? 'b' : 'a'] },
        },
      },
      rooms: {
        sdl: 'type Room @key(fields: "id") { id: ID! bed: Bed } type Bed @key(fields: "id", resolvable: false) { id: ID! }',
        resolvers: { Room: { ...itself, bed: ({ id }: Row) => ({ id: id === 'r1' ? 'a' : 'b' }) } },
      },
      beds: {
        sdl: `
          type Bed @key(fields: "id") {
            id: ID!
            weight: Int
            length(times: Int! = 1, unit: String @fromContext(field: "${PLACE}")): String
            pillow: Pillow
          }
          type Pillow @key(fields: "id") { id: ID! size(unit: String @fromContext(field: "${PLACE}")): String }
          type Hospital @key(fields: "id", resolvable: false) @context(name: "place") { id: ID! unit: String @external }
          type Ward @key(fields: "id", resolvable: false) @context(name: "place") { id: ID! unit: String @external }
          type Tent @key(fields: "id", resolvable: false) @context(name: "place") { id: ID! size: String @external }
        `,
        resolvers: {
          Bed: {
            ...itself,
            weight: ({ id }: Row) => (id === 'a' ? 40 : 50),
            length: ({ id }: Row, { times, unit }: Row) => {
              if (unit === 'odd') throw new Error('what unit is that?');
              return `${String(id)}*${String(times)} ${String(unit)}`;
            },
            pillow: ({ id }: Row) => ({ id: `p${String(id)}` }),
          },
          Pillow: { ...itself, size: ({ id }: Row, { unit }: Row) => `${String(id)} ${String(unit)}` },
        },
      },
    },
    exchanges: [
      {
        fact: 'gives an entity below several objects the value of each, null where it is null',
        query: '{ wards { bed { length } } }',
        data: {
          wards: [
            { bed: { length: 'a*1 cm' } },
            { bed: { length: 'a*1 in' } },
            { bed: { length: 'b*1 null' } },
            { bed: { length: 'a*1 cm' } },
          ],
        },
        representations: {
          beds: [
            { __typename: 'Bed', id: 'a' },
            { __typename: 'Bed', id: 'a' },
            { __typename: 'Bed', id: 'b' },
          ],
        },
        refusedBy: REFUSED,
      },
      {
        fact: 'keeps apart what is below an entity that was looked up once for all places before',
        query: '{ wards { room { bed { weight length } } bed { label twin { length } } } }',
        data: {
          wards: [
            { room: { bed: { weight: 40, length: 'a*1 cm' } }, bed: { label: 'A', twin: { length: 'b*1 cm' } } },
            { room: { bed: { weight: 40, length: 'a*1 in' } }, bed: { label: 'A', twin: { length: 'b*1 in' } } },
            { room: null, bed: { label: 'B', twin: { length: 'a*1 null' } } },
            { room: { bed: { weight: 50, length: 'b*1 cm' } }, bed: { label: 'A', twin: { length: 'b*1 cm' } } },
          ],
        },
        refusedBy: REFUSED,
      },
      {
        fact: 'goes through lists, with the arguments, aliases and fragments of the client beside it',
        query: `
          query ($times: Int!, $other: Int!) { wards { unit: id beds { ...lengths } } }
          fragment lengths on Bed { length unit: length(times: $times) weight: length(times: $other) pillow { size } id: weight }
        `,
        variables: { times: 2, other: 3 },
        data: {
          wards: [
            {
              unit: 'w1',
              beds: [
                { length: 'a*1 cm', unit: 'a*2 cm', weight: 'a*3 cm', pillow: { size: 'pa cm' }, id: 40 },
                { length: 'b*1 cm', unit: 'b*2 cm', weight: 'b*3 cm', pillow: { size: 'pb cm' }, id: 50 },
              ],
            },
            {
              unit: 'w2',
              beds: [
                { length: 'a*1 in', unit: 'a*2 in', weight: 'a*3 in', pillow: { size: 'pa in' }, id: 40 },
                { length: 'a*1 in', unit: 'a*2 in', weight: 'a*3 in', pillow: { size: 'pa in' }, id: 40 },
              ],
            },
            { unit: 'w3', beds: [] },
            { unit: 'w4', beds: [null] },
          ],
        },
        refusedBy: REFUSED,
      },
      {
        fact: 'takes the value of whichever type the object above is of',
        query: '{ places { ... on Ward { bed { length } } ... on Tent { bed { weight length } } } }',
        data: { places: [{ bed: { weight: 40, length: 'a*1 ft' } }, { bed: { length: 'a*1 cm' } }, null] },
        refusedBy: REFUSED,
      },
      {
        fact: 'asks the entities alone for it below which the client did',
        query: '{ places { ... on Ward { bed { length } } ... on Tent { bed { weight } } } }',
        data: { places: [{ bed: { weight: 40 } }, { bed: { length: 'a*1 cm' } }, null] },
        refusedBy: REFUSED,
      },
      {
        fact: 'takes the value of the nearest object, whichever the client names first',
        query: '{ hospital { spots { ... on Hall { bed { length } } ... on Ward { bed { length } } } } }',
        data: { hospital: { spots: [{ bed: { length: 'a*1 m' } }, { bed: { length: 'a*1 in' } }] } },
        refusedBy: REFUSED,
      },
      {
        fact: 'finds the value as many levels above as it stands',
        query:
          '{ hospital { unit hall { bed { twin { twin { length pillow { size } } } } ward { bed { length } } } } }',
        data: {
          hospital: {
            unit: 'm',
            hall: {
              bed: { twin: { twin: { length: 'b*1 m', pillow: { size: 'pb m' } } } },
              ward: { bed: { length: 'a*1 cm' } },
            },
          },
        },
        refusedBy: REFUSED,
      },
      {
        fact: 'asks nobody for what takes a value that failed, and for the rest as ever',
        query: '{ broken { bed { length weight } } }',
        data: { broken: { bed: { length: null, weight: 40 } } },
        errors: [{ path: ['broken'], code: 'INTERNAL_SERVER_ERROR' }],
        refusedBy: REFUSED,
      },
      {
        fact: 'tells of a value that failed, for which the client asks too, at what takes it as well',
        query: '{ broken { unit beds { length weight } } }',
        data: {
          broken: {
            unit: null,
            beds: [
              { length: null, weight: 40 },
              { length: null, weight: 50 },
            ],
          },
        },
        errors: [
          { path: ['broken', 'unit'], code: 'INTERNAL_SERVER_ERROR' },
          { path: ['broken', 'beds'], code: 'INTERNAL_SERVER_ERROR' },
        ],
        refusedBy: REFUSED,
      },
      {
        fact: 'tells an error of an entity at the places that have the value',
        query: '{ odd { bed { size: length } } }',
        data: {
          odd: [{ size: 'a*1 cm' }, { size: null }, { size: 'b*1 null' }, { size: 'a*1 cm' }].map((bed) => ({ bed })),
        },
        errors: [{ path: ['odd', 1, 'bed', 'size'], code: 'INTERNAL_SERVER_ERROR' }],
        refusedBy: REFUSED,
      },
      {
        fact: 'asks for many values at once',
        query: '{ many { bed { length } } }',
        data: { many: Array.from({ length: 120 }, (_, index) => ({ bed: { length: `a*1 u${index % 60}` } })) },
        representations: { beds: Array.from({ length: 60 }, () => ({ __typename: 'Bed', id: 'a' })) },
        refusedBy: REFUSED,
      },
      {
        fact: 'leaves out what @skip and @include leave out',
        query: 'query ($no: Boolean!) { hospital { hall { bed { length @include(if: $no) weight } } } }',
        variables: { no: false },
        data: { hospital: { hall: { bed: { weight: 50 } } } },
        unasked: ['rooms'],
      },
      {
        fact: 'is not mixed up with variables of the client',
        query: 'query ($contextualArgument_0_0: Int!) { wards { bed { length(times: $contextualArgument_0_0) } } }',
        variables: { contextualArgument_0_0: 2 },
        data: {
          wards: ['a*2 cm', 'a*2 in', 'b*2 null', 'a*2 cm'].map((length) => ({ bed: { length } })),
        },
        refusedBy: REFUSED,
      },
    ],
  },
];
