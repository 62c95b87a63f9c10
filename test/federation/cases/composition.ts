import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

export const COMPOSITION_CASES: readonly FederationCase[] = [
  {
    rule: '@inaccessible, @tag',
    subgraphs: {
      staff: {
        sdl: `
          type Query { staff: [Person!]! kinds: [Kind] }
          interface Person { name: String }
          type Nurse implements Person @key(fields: "badge") { badge: ID! @inaccessible name: String @tag(name: "public") }
          type Spy implements Person @inaccessible { name: String @shareable }
          enum Kind { SEEN HIDDEN @inaccessible }
        `,
        resolvers: {
          Query: {
            staff: () => [
              { __typename: 'Nurse', badge: 'n1', name: 'Joy' },
              { __typename: 'Nurse', badge: 'n2', name: 'Kay' },
            ],
            kinds: () => ['SEEN', 'HIDDEN', null],
          },
        },
      },
      rosters: {
        sdl: 'type Nurse @key(fields: "badge") { badge: ID! @inaccessible shift: String }',
        resolvers: { Nurse: { ...itself, shift: ({ badge }: Row) => `shift of ${String(badge)}` } },
      },
      secrets: {
        sdl: 'type Query { agents: [Person] } interface Person { name: String } type Spy implements Person @inaccessible { name: String @shareable }',
        resolvers: { Query: { agents: () => [{ __typename: 'Spy', name: 'Bond' }, null] } },
      },
    },
    exchanges: [
      {
        fact: 'joins by a key that clients cannot see',
        query: '{ staff { name ... on Nurse { shift } } }',
        data: {
          staff: [
            { name: 'Joy', shift: 'shift of n1' },
            { name: 'Kay', shift: 'shift of n2' },
          ],
        },
      },
      {
        fact: 'never passes a hidden value of an enum on',
        query: '{ kinds }',
        data: { kinds: ['SEEN', null, null] },
        errors: [{ path: ['kinds', 1], code: 'SUBGRAPH_INVALID_RESPONSE' }],
      },
      {
        fact: 'never passes an object of a hidden type on',
        query: '{ agents { name } }',
        data: { agents: [null, null] },
        errors: [{ path: ['agents', 0], code: 'SUBGRAPH_INVALID_RESPONSE' }],
      },
    ],
  },
  {
    rule: '@extends, and `extend type` of Federation 1',
    subgraphs: {
      users: {
        federation: 1,
        sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String }',
        resolvers: {
          Query: { me: () => ({ id: 'u', name: 'Ada' }) },
          User: { __resolveReference: () => ({ id: 'u', name: 'Ada' }) },
        },
      },
      posts: {
        federation: 1,
        sdl: `
          extend type Query { last: Post }
          type Post @key(fields: "id") { id: ID! by: User @provides(fields: "name") }
          type User @extends @key(fields: "id") {
            id: ID! @external
            name: String @external
            posts: [Post]
            greeting: String @requires(fields: "name")
          }
        `,
        resolvers: {
          Query: { last: () => ({ id: 'p2', by: { id: 'u', name: 'Ada' } }) },
          User: {
            ...itself,
            posts: () => [{ id: 'p1', by: { id: 'u', name: 'Ada' } }],
            greeting: ({ name }: Row) => `Hello ${String(name)}`,
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'extends what another subgraph owns',
        query: '{ me { name greeting posts { id by { name } } } }',
        data: { me: { name: 'Ada', greeting: 'Hello Ada', posts: [{ id: 'p1', by: { name: 'Ada' } }] } },
      },
      {
        fact: 'requires what is external, whether it is provided or has to be asked for',
        query: '{ last { by { greeting } } }',
        data: { last: { by: { greeting: 'Hello Ada' } } },
      },
    ],
  },
  {
    rule: '@composeDirective: directives for clients',
    subgraphs: {
      pulse: {
        sdl: `
          extend schema @link(url: "https://specs.example.org/watch/v1.0", import: ["@watch"]) @composeDirective(name: "@watch")
          directive @watch(by: Watcher! = NURSE) on FIELD | OBJECT
          enum Watcher { NURSE DOCTOR }
          type Query { pulse: Int }
        `,
        resolvers: { Query: { pulse: () => 70 } },
      },
      breath: {
        sdl: `
          extend schema @link(url: "https://specs.example.org/watch/v1.0", import: ["@watch"]) @composeDirective(name: "@watch")
          directive @watch(by: Watcher!) on FIELD | OBJECT
          enum Watcher { NURSE DOCTOR }
          type Query { breath: Int }
        `,
        resolvers: { Query: { breath: () => 14 } },
      },
    },
    exchanges: [
      {
        fact: 'may be written with the arguments that they have, by default too, and stay at the gateway',
        query: 'query ($by: Watcher = DOCTOR) { pulse @watch breath @watch(by: NURSE) again: breath @watch(by: $by) }',
        data: { pulse: 70, breath: 14, again: 14 },
      },
    ],
  },
  {
    rule: 'intersections of enums and inputs, shared root fields and value types',
    subgraphs: {
      one: {
        sdl: `
          type Query {
            now: Stamp @shareable
            version: String @shareable
            count(by: Filter!): Int @shareable
            mode: Mode
          }
          type Stamp @shareable { day: Int zone: String }
          input Filter { status: Status text: String }
          enum Status { OPEN CLOSED LATE }
          enum Mode { A B }
        `,
        resolvers: {
          Query: {
            now: () => ({ day: 1, zone: 'UTC' }),
            version: () => 'v',
            count: (_: unknown, { by }: { by: Row }) => (by['status'] === 'OPEN' ? 1 : 0),
            mode: () => 'B',
          },
        },
      },
      two: {
        sdl: `
          type Query {
            now: Stamp @shareable
            version: String @shareable
            count(by: Filter!): Int @shareable
            other: Mode
          }
          type Stamp @shareable { day: Int zone: String }
          input Filter { status: Status page: Int }
          enum Status { OPEN CLOSED LOST }
          enum Mode { B C }
        `,
        resolvers: {
          Query: {
            now: () => ({ day: 1, zone: 'UTC' }),
            version: () => 'v',
            count: (_: unknown, { by }: { by: Row }) => (by['status'] === 'OPEN' ? 1 : 0),
            other: () => 'C',
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'asks any one subgraph for what both have',
        query: '{ now { day zone } version }',
        data: { now: { day: 1, zone: 'UTC' }, version: 'v' },
      },
      {
        fact: 'asks one subgraph alone where the rest is its own',
        query: '{ version other }',
        data: { version: 'v', other: 'C' },
      },
      {
        fact: 'takes as input what both take, and gives as output what either gives',
        query: 'query ($by: Filter!) { count(by: $by) mode other }',
        variables: { by: { status: 'OPEN' } },
        data: { count: 1, mode: 'B', other: 'C' },
      },
    ],
  },
];
