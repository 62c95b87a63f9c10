import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

const PETS = [
  { __typename: 'Cat', id: 'c', name: 'Tom' },
  { __typename: 'Dog', id: 'd', name: 'Rex' },
];

const NOBODY = 'nobody can be asked for the ids of all';

/** What a subgraph gives for an id that it may not know: keys of the other's objects are not to be read. */
function nodeIn(id: unknown, own: 'Resident' | 'Room'): Row {
  const __typename = id === 'r' ? 'Resident' : 'Room';
  return { __typename, id: __typename === own ? id : 'never' };
}

export const PROVIDES_AND_OVERRIDES_CASES: readonly FederationCase[] = [
  {
    rule: '@provides, @external, @shareable: on objects, interfaces and unions',
    subgraphs: {
      visits: {
        sdl: `
          type Query {
            visit: Visit
            pet: Pet @provides(fields: "... on Cat { name } ... on Dog { name }")
            animals: [Animal!]! @provides(fields: "... on Cat { name }")
            plain: [Animal!]!
            guests: [Pet!]! @shareable @provides(fields: "... on Cat { name }")
          }
          type Visit { cat: Cat @provides(fields: "name") other: Cat note: Note @shareable }
          type Note { text: String @shareable }
          union Pet = Cat | Dog
          interface Animal { id: ID! }
          type Cat implements Animal @key(fields: "id") { id: ID! name: String @external }
          type Dog implements Animal @key(fields: "id") { id: ID! name: String @external }
        `,
        resolvers: {
          Query: {
            visit: () => ({ cat: PETS[0], other: { id: 'x' }, note: { text: 'well' } }),
            pet: () => PETS[1],
            animals: () => PETS,
            plain: () => PETS,
            guests: () => PETS,
          },
        },
      },
      barn: {
        sdl: `
          type Query { guests: [Pet!]! @shareable }
          union Pet = Cat | Dog
          type Cat @key(fields: "id") { id: ID! }
          type Dog @key(fields: "id") { id: ID! }
        `,
        resolvers: { Query: { guests: () => PETS } },
      },
      pets: {
        sdl: `
          type Query { cat: Cat }
          type Cat @key(fields: "id") { id: ID! name: String @shareable }
          type Dog @key(fields: "id") { id: ID! name: String @shareable }
          type Visit { note: Note @shareable }
          type Note { text: String @shareable }
        `,
        resolvers: {
          Query: { cat: () => PETS[0] },
          Cat: { __resolveReference: ({ id }: Row) => ({ id, name: `cat ${String(id)}` }) },
          Dog: { __resolveReference: ({ id }: Row) => ({ id, name: `dog ${String(id)}` }) },
        },
      },
    },
    exchanges: [
      {
        fact: 'begins where most is provided, of several subgraphs that share a field',
        query: '{ guests { ... on Cat { id name } ... on Dog { id } } }',
        data: { guests: [{ id: 'c', name: 'Tom' }, { id: 'd' }] },
        unasked: ['pets', 'barn'],
      },
      {
        fact: 'spares the owner where a field of an object is provided, and not where it is not',
        query: '{ visit { cat { name } other { name } note { text } } }',
        data: { visit: { cat: { name: 'Tom' }, other: { name: 'cat x' }, note: { text: 'well' } } },
        representations: { pets: [{ __typename: 'Cat', id: 'x' }] },
      },
      {
        fact: 'spares the owner of the members of a union',
        query: '{ pet { __typename ... on Cat { name } ... on Dog { name } } }',
        data: { pet: { __typename: 'Dog', name: 'Rex' } },
        unasked: ['pets'],
      },
      {
        fact: 'asks for those types of an interface alone that are not provided',
        query: '{ animals { id ... on Cat { name } ... on Dog { name } } }',
        data: {
          animals: [
            { id: 'c', name: 'Tom' },
            { id: 'd', name: 'dog d' },
          ],
        },
        representations: { pets: [{ __typename: 'Dog', id: 'd' }] },
      },
      {
        fact: 'takes nothing for provided where the path does not say so',
        query: '{ plain { ... on Cat { name } } }',
        data: { plain: [{ name: 'cat c' }, {}] },
        representations: { pets: [{ __typename: 'Cat', id: 'c' }] },
      },
    ],
  },
  {
    rule: '@external: keys that a subgraph is told, and cannot tell',
    subgraphs: {
      residents: {
        sdl: `
          type Query { node(id: ID!): Node @shareable owner: Resident }
          interface Node { id: ID! }
          type Resident implements Node @key(fields: "id") { id: ID! name: String }
          type Room implements Node @key(fields: "id") { id: ID! @external owner: Resident }
        `,
        resolvers: {
          Query: { node: (_: unknown, { id }: Row) => nodeIn(id, 'Resident'), owner: () => ({ id: 'r' }) },
          Resident: { ...itself, name: ({ id }: Row) => `resident ${String(id)}` },
          Room: { ...itself, owner: () => ({ id: 'r' }) },
        },
      },
      rooms: {
        sdl: `
          type Query { node(id: ID!): Node @shareable empty: Room }
          interface Node { id: ID! }
          type Resident implements Node @key(fields: "id") { id: ID! @external rooms: [Room!]! }
          type Room implements Node @key(fields: "id") { id: ID! floor: Int }
        `,
        resolvers: {
          Query: { node: (_: unknown, { id }: Row) => nodeIn(id, 'Room'), empty: () => ({ id: 'o' }) },
          Resident: { ...itself, rooms: ({ id }: Row) => [{ id: `o of ${String(id)}` }] },
          Room: { ...itself, floor: () => 3 },
        },
      },
    },
    exchanges: [
      {
        fact: 'asks for a key whoever can tell it',
        query: '{ node(id: "r") { __typename ... on Resident { id name } } owner { rooms { id floor owner { id } } } }',
        data: {
          node: { __typename: 'Resident', id: 'r', name: 'resident r' },
          owner: { rooms: [{ id: 'o of r', floor: 3, owner: { id: 'r' } }] },
        },
      },
      {
        fact: 'asks each for the objects whose key it can tell, where they are asked for apart',
        query: '{ node(id: "o") { ... on Resident { id } ... on Room { id owner { name } } } }',
        data: { node: { id: 'o', owner: { name: 'resident r' } } },
        refusedBy: { hive: 'the native planner finds no path' },
      },
      {
        fact: 'an id of all objects of an interface, of which no subgraph can tell those of every type',
        query: '{ node(id: "o") { id } }',
        data: null,
        refusedBy: { plain: NOBODY, hive: NOBODY, apollo: NOBODY },
      },
    ],
  },
  ...[
    { percent: 0, owner: 'old' },
    { percent: 100, owner: 'new' },
  ].map(({ percent, owner }): FederationCase => ({
    rule: `@override: at once, and for ${percent} percent of the requests`,
    subgraphs: {
      old: {
        sdl: `
            type Query { bill: Bill }
            type Bill @key(fields: "id") { id: ID! paid: String @shareable amount: String @shareable }
          `,
        resolvers: {
          Query: { bill: () => ({ id: '1' }) },
          Bill: { ...itself, paid: () => 'old', amount: () => 'old' },
        },
      },
      new: {
        sdl: `
            type Bill @key(fields: "id") {
              id: ID!
              paid: String @override(from: "old")
              amount: String @override(from: "old", label: "percent(${percent})")
            }
          `,
        resolvers: { Bill: { ...itself, paid: () => 'new', amount: () => 'new' } },
      },
    },
    exchanges: [
      { fact: 'takes the field from its new owner', query: '{ bill { paid } }', data: { bill: { paid: 'new' } } },
      {
        fact: `takes the field from its ${owner} owner`,
        query: '{ bill { amount } }',
        data: { bill: { amount: owner } },
      },
    ],
  })),
];
