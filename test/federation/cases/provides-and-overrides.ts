import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

const PETS = [
  { __typename: 'Cat', id: 'c', name: 'Tom' },
  { __typename: 'Dog', id: 'd', name: 'Rex' },
];

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
          },
        },
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
