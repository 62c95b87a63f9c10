import { GraphQLError } from 'graphql';
import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

let counter = 0;

const PEOPLE = [{ id: '1' }, null, { id: '2' }, { id: '1' }];

export const OPERATION_CASES: readonly FederationCase[] = [
  {
    rule: '@skip, @include and __typename, anywhere',
    subgraphs: {
      people: {
        sdl: 'type Query { people: [Person] me: Person } type Person @key(fields: "id") { id: ID! friend: Person name: String }',
        resolvers: {
          Query: { people: () => PEOPLE, me: () => ({ id: '2' }) },
          Person: {
            ...itself,
            friend: ({ id }: Row) => ({ id: `${String(id)}f` }),
            name: ({ id }: Row) => `name ${String(id)}`,
          },
        },
      },
      pets: {
        sdl: 'type Person @key(fields: "id") { id: ID! pet: Pet } type Pet { kind: String }',
        resolvers: { Person: { ...itself, pet: ({ id }: Row) => ({ kind: `cat of ${String(id)}` }) } },
      },
    },
    exchanges: [
      {
        fact: 'asks nobody for the type of the root',
        query: '{ __typename kind: __typename ... { also: __typename } }',
        data: { __typename: 'Query', kind: 'Query', also: 'Query' },
        unasked: ['people', 'pets'],
      },
      {
        fact: 'gives the type alone, at every depth and through fragments',
        query: '{ me { __typename pet { __typename } friend { ...F } } } fragment F on Person { t: __typename }',
        data: { me: { __typename: 'Person', pet: { __typename: 'Pet' }, friend: { t: 'Person' } } },
      },
      {
        fact: 'skips by variables at every level, and does not ask the subgraph of what is skipped',
        query: `query ($no: Boolean!, $yes: Boolean!) {
          me { id pet @skip(if: $yes) { kind } ... @include(if: $no) { friend { pet { kind } } } }
          people @include(if: $no) { id }
        }`,
        variables: { no: false, yes: true },
        data: { me: { id: '2' } },
        unasked: ['pets'],
      },
      {
        fact: 'takes by variables what is not skipped',
        query: `query ($no: Boolean!, $yes: Boolean!) {
          me { id pet @skip(if: $no) { kind @include(if: $yes) } ...F @include(if: $yes) }
        } fragment F on Person { friend @skip(if: $no) @include(if: $yes) { pet { kind } } }`,
        variables: { no: false, yes: true },
        data: { me: { id: '2', pet: { kind: 'cat of 2' }, friend: { pet: { kind: 'cat of 2f' } } } },
      },
      {
        fact: 'answers an object of which everything is skipped',
        query: 'query ($yes: Boolean!) { me { pet @skip(if: $yes) { kind } } }',
        variables: { yes: true },
        data: { me: {} },
      },
      {
        fact: 'keeps the order of the request, whoever answers',
        query: '{ me { pet { kind } name friend { pet { kind } id } id } }',
        data: {
          me: { pet: { kind: 'cat of 2' }, name: 'name 2', friend: { pet: { kind: 'cat of 2f' }, id: '2f' }, id: '2' },
        },
      },
      {
        fact: 'looks entities up once in a list with nulls and duplicates',
        query: '{ people { pet { kind } } }',
        data: {
          people: [{ pet: { kind: 'cat of 1' } }, null, { pet: { kind: 'cat of 2' } }, { pet: { kind: 'cat of 1' } }],
        },
        representations: {
          pets: [
            { __typename: 'Person', id: '1' },
            { __typename: 'Person', id: '2' },
          ],
        },
      },
      {
        fact: 'takes names that every object inherits for aliases like any other',
        query: '{ __proto__: me { constructor: pet { __proto__: kind } toString: id } }',
        data: { ['__proto__']: { constructor: { ['__proto__']: 'cat of 2' }, toString: '2' } },
      },
    ],
  },
  {
    rule: 'lists of lists',
    subgraphs: {
      board: {
        sdl: 'type Query { board: [[Piece]] } type Piece @key(fields: "id") { id: ID! }',
        resolvers: { Query: { board: () => [[{ id: '1' }, null], null, [], [{ id: '2' }, { id: '1' }]] } },
      },
      names: {
        sdl: 'type Piece @key(fields: "id") { id: ID! name: String }',
        resolvers: {
          Piece: {
            ...itself,
            name: ({ id }: Row) => {
              if (id === '1') throw new GraphQLError('Nobody knows.', { extensions: { code: 'NOT_FOUND' } });
              return `name ${String(id)}`;
            },
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'joins entities however deep in lists, with errors at their places',
        query: '{ board { name } }',
        data: { board: [[{ name: null }, null], null, [], [{ name: 'name 2' }, { name: null }]] },
        errors: [
          { path: ['board', 0, 0, 'name'], code: 'NOT_FOUND' },
          { path: ['board', 3, 1, 'name'], code: 'NOT_FOUND' },
        ],
      },
    ],
  },
  {
    rule: 'mutations, in series over subgraphs',
    subgraphs: {
      first: {
        sdl: 'type Query { a: Int } type Mutation { addFirst(n: Int!): Total } type Total @key(fields: "id") { id: ID! sum: Int }',
        resolvers: {
          Mutation: {
            addFirst: (_: unknown, { n }: { n: number }) => ({ id: 't', sum: (counter = counter * 10 + n) }),
          },
        },
      },
      second: {
        sdl: 'type Mutation { addSecond(n: Int!): Int resetSecond: Int } type Total @key(fields: "id") { id: ID! seen: Int }',
        resolvers: {
          Mutation: {
            addSecond: (_: unknown, { n }: { n: number }) => (counter = counter * 10 + n),
            resetSecond: () => (counter = 0),
          },
          Total: { ...itself, seen: () => counter },
        },
      },
    },
    exchanges: [
      {
        fact: 'runs root fields in the order of the request, and what hangs on one before the next',
        query:
          'mutation { resetSecond one: addFirst(n: 1) { sum seen } two: addSecond(n: 2) three: addFirst(n: 3) { seen } four: addSecond(n: 4) }',
        data: { resetSecond: 0, one: { sum: 1, seen: 1 }, two: 12, three: { seen: 123 }, four: 1234 },
      },
    ],
  },
  {
    rule: 'errors of subgraphs, at the places of the client',
    subgraphs: {
      rooms: {
        sdl: 'type Query { rooms: [Room!]! first: Room! free: Room } type Room @key(fields: "id") { id: ID! next: Room }',
        resolvers: {
          Query: {
            rooms: () => [{ id: '1' }, { id: '2' }, { id: '1' }],
            first: () => ({ id: '1' }),
            free: () => {
              throw new GraphQLError('Nothing is free.', { extensions: { code: 'CONFLICT' } });
            },
          },
          Room: { ...itself, next: ({ id }: Row) => ({ id: `${String(id)}0` }) },
        },
      },
      locks: {
        sdl: 'type Room @key(fields: "id") { id: ID! code: Int strict: Int! }',
        resolvers: {
          Room: {
            ...itself,
            code: ({ id }: Row) => {
              if (id === '1') throw new GraphQLError('It is locked.', { extensions: { code: 'FORBIDDEN' } });
              return 7;
            },
            strict: ({ id }: Row) => {
              if (id === '10') throw new GraphQLError('It is locked.', { extensions: { code: 'FORBIDDEN' } });
              return 8;
            },
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'tells an error of an entity at every place of it, by the aliases of the client',
        query: '{ all: rooms { pin: code } }',
        data: { all: [{ pin: null }, { pin: 7 }, { pin: null }] },
        errors: [
          { path: ['all', 0, 'pin'], code: 'FORBIDDEN' },
          { path: ['all', 2, 'pin'], code: 'FORBIDDEN' },
        ],
      },
      {
        fact: 'gives null to the nearest parent that can take it, with the one error of the subgraph',
        query: '{ first { id after: next { strict } } rooms { id } }',
        data: { first: { id: '1', after: null }, rooms: [{ id: '1' }, { id: '2' }, { id: '1' }] },
        errors: [{ path: ['first', 'after', 'strict'], code: 'FORBIDDEN' }],
      },
      {
        fact: 'keeps an error of a root field under its alias, and the fields beside it',
        query: '{ any: free { id } first { id } }',
        data: { any: null, first: { id: '1' } },
        errors: [{ path: ['any'], code: 'CONFLICT' }],
      },
    ],
  },
];
