import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

export const ABSTRACT_TYPE_CASES: readonly FederationCase[] = [
  {
    rule: '@interfaceObject, and @key on interfaces',
    subgraphs: {
      media: {
        sdl: `
          type Query { all: [Media!]! }
          interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
          type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
        `,
        resolvers: {
          Query: { all: () => MEDIA },
          Media: { __resolveReference: ({ id }: Row) => MEDIA.find((one) => one.id === id) },
          Book: { __resolveReference: ({ id }: Row) => MEDIA.find((one) => one.id === id) },
          Film: { __resolveReference: ({ id }: Row) => MEDIA.find((one) => one.id === id) },
        },
      },
      reviews: {
        sdl: `
          type Query { best: [Media!]! }
          type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        `,
        resolvers: {
          Query: { best: () => [{ id: 'f' }, { id: 'b' }] },
          Media: { ...itself, stars: ({ id }: Row) => (id === 'f' ? 5 : 3) },
        },
      },
    },
    exchanges: [
      {
        fact: 'gives every type of the interface the field of the interface object',
        query: '{ all { __typename stars ... on Film { minutes stars } } }',
        data: {
          all: [
            { __typename: 'Book', stars: 3 },
            { __typename: 'Film', stars: 5, minutes: 90 },
          ],
        },
      },
      {
        fact: 'asks what an object really is when it comes from the subgraph that knows no types',
        query: '{ best { __typename stars title } }',
        data: {
          best: [
            { __typename: 'Film', stars: 5, title: 'Heat' },
            { __typename: 'Book', stars: 3, title: 'Emma' },
          ],
        },
      },
      {
        fact: 'does not ask what an object is when nobody wants to know',
        query: '{ best { id stars } }',
        data: {
          best: [
            { id: 'f', stars: 5 },
            { id: 'b', stars: 3 },
          ],
        },
        unasked: ['media'],
      },
      {
        fact: 'goes into fragments by what the object really is',
        query: '{ best { ... on Book { pages } ... on Film { kind: __typename } } }',
        data: { best: [{ kind: 'Film' }, { pages: 300 }] },
      },
    ],
  },
  {
    rule: 'unions and interfaces with members that some subgraphs alone know',
    subgraphs: {
      search: {
        sdl: `
          type Query { found: [Hit!]! named: [Named!]! }
          union Hit = Doctor | Clinic
          interface Named { name: String }
          type Doctor implements Named @key(fields: "id") { id: ID! name: String @shareable }
          type Clinic implements Named @key(fields: "id") { id: ID! name: String @shareable }
        `,
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'Doctor', id: '1' },
              { __typename: 'Clinic', id: '2' },
            ],
            named: () => [
              { __typename: 'Clinic', id: '2', name: 'North' },
              { __typename: 'Doctor', id: '1', name: 'Ada' },
            ],
          },
        },
      },
      labs: {
        sdl: `
          type Query { near: Hit places: [Named!]! }
          union Hit = Lab | Clinic
          interface Named { name: String }
          type Lab implements Named { name: String }
          type Clinic implements Named @key(fields: "id") { id: ID! name: String @shareable beds: Int }
        `,
        resolvers: {
          Query: {
            near: () => ({ __typename: 'Lab', name: 'Blood' }),
            places: () => [
              { __typename: 'Lab', name: 'Blood' },
              { __typename: 'Clinic', id: '2', name: 'North' },
            ],
          },
          Clinic: { ...itself, beds: () => 12 },
        },
      },
    },
    exchanges: [
      {
        fact: 'asks no subgraph about a member that it does not know',
        query: '{ found { __typename ... on Doctor { id } ... on Clinic { beds } ... on Lab { name } } }',
        data: {
          found: [
            { __typename: 'Doctor', id: '1' },
            { __typename: 'Clinic', beds: 12 },
          ],
        },
      },
      {
        fact: 'merges root fields of both, each with its own members',
        query: '{ near { ... on Lab { name } ... on Doctor { id } } named { name ... on Clinic { beds } } }',
        data: { near: { name: 'Blood' }, named: [{ name: 'North', beds: 12 }, { name: 'Ada' }] },
      },
      {
        fact: 'goes through fragments of the interface within those of the union',
        query: '{ found { ... on Named { ... on Clinic { beds } } } places { ... on Named { name __typename } } }',
        data: {
          found: [{}, { beds: 12 }],
          places: [
            { name: 'Blood', __typename: 'Lab' },
            { name: 'North', __typename: 'Clinic' },
          ],
        },
      },
    ],
  },
];

const MEDIA = [
  { __typename: 'Book', id: 'b', title: 'Emma', pages: 300 },
  { __typename: 'Film', id: 'f', title: 'Heat', minutes: 90 },
];
