import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

export const KEY_CASES: readonly FederationCase[] = [
  {
    rule: '@key: several, of which subgraphs know some',
    subgraphs: {
      shelf: {
        sdl: 'type Query { books: [Book!]! } type Book @key(fields: "id") { id: ID! }',
        resolvers: { Query: { books: () => [{ id: '1' }, { id: '2' }, { id: '1' }] } },
      },
      catalog: {
        sdl: 'type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: String! }',
        resolvers: { Book: { __resolveReference: ({ id }: { id: string }) => ({ id, isbn: `isbn-${id}` }) } },
      },
      sales: {
        sdl: 'type Query { sold: [Book!]! } type Book @key(fields: "isbn") { isbn: String! copies: Int! }',
        resolvers: {
          Query: { sold: () => [{ isbn: 'isbn-1' }] },
          Book: { ...itself, copies: ({ isbn }: { isbn: string }) => Number(isbn.at(-1)) * 100 },
        },
      },
    },
    exchanges: [
      {
        fact: 'finds the way over the subgraph that knows both keys, and asks for equal entities once',
        query: '{ books { copies } }',
        data: { books: [{ copies: 100 }, { copies: 200 }, { copies: 100 }] },
        representations: {
          catalog: [
            { __typename: 'Book', id: '1' },
            { __typename: 'Book', id: '2' },
          ],
          sales: [
            { __typename: 'Book', isbn: 'isbn-1' },
            { __typename: 'Book', isbn: 'isbn-2' },
          ],
        },
      },
      {
        fact: 'asks nobody else for the key itself',
        query: '{ sold { isbn } }',
        data: { sold: [{ isbn: 'isbn-1' }] },
        unasked: ['catalog', 'shelf'],
      },
      {
        fact: 'asks for entities of two root fields, whose aliases mean different things, and mixes nothing',
        query: '{ a: books { x: copies y: isbn } b: books { y: copies x: isbn } }',
        data: {
          a: [
            { x: 100, y: 'isbn-1' },
            { x: 200, y: 'isbn-2' },
            { x: 100, y: 'isbn-1' },
          ],
          b: [
            { y: 100, x: 'isbn-1' },
            { y: 200, x: 'isbn-2' },
            { y: 100, x: 'isbn-1' },
          ],
        },
      },
    ],
  },
  {
    rule: '@key: composite and nested',
    subgraphs: {
      hospital: {
        sdl: `
          type Query { wards: [Ward!]! }
          type Ward @key(fields: "number house { code }") { number: Int! house: House! }
          type House { code: String! @shareable }
        `,
        resolvers: {
          Query: {
            wards: () => [
              { number: 1, house: { code: 'N' } },
              { number: 1, house: { code: 'S' } },
            ],
          },
        },
      },
      beds: {
        sdl: `
          type Ward @key(fields: "number house { code }") { number: Int! house: House! beds: String! }
          type House { code: String! @shareable }
        `,
        resolvers: {
          Ward: {
            ...itself,
            beds: ({ number, house }: { number: number; house: { code: string } }) => `${house.code}${number}`,
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'sends the whole key, and nothing that the client asked beside it',
        query: '{ wards { beds house { __typename code } } }',
        data: {
          wards: [
            { beds: 'N1', house: { __typename: 'House', code: 'N' } },
            { beds: 'S1', house: { __typename: 'House', code: 'S' } },
          ],
        },
        representations: {
          beds: [
            { __typename: 'Ward', number: 1, house: { code: 'N' } },
            { __typename: 'Ward', number: 1, house: { code: 'S' } },
          ],
        },
      },
      {
        fact: 'is not misled by an alias that is the name of a part of the key',
        query: '{ wards { number: beds house { code: __typename } } }',
        data: {
          wards: [
            { number: 'N1', house: { code: 'House' } },
            { number: 'S1', house: { code: 'House' } },
          ],
        },
      },
    ],
  },
  {
    rule: '@key: several that overlap, of which a subgraph can look up one',
    subgraphs: {
      plan: {
        sdl: `
          type Query { floor: Floor }
          type Floor { beds: [Bed!]! }
          type Bed
            @key(fields: "at { house room }", resolvable: false)
            @key(fields: "id at { room side }")
            @key(fields: "id", resolvable: false) {
            id: ID! at: At! owner: String! @external label: String! @requires(fields: "owner")
          }
          type At { house: Int! room: Int! side: String! }
        `,
        resolvers: {
          Query: { floor: () => ({ beds: [{ id: 'b', at: { house: 1, room: 2, side: 'left' } }] }) },
          Bed: { ...itself, label: ({ id, at, owner }: Row) => `${String(id)} ${sideOf(at)} ${String(owner)}` },
        },
      },
      stock: {
        sdl: `
          type Bed
            @key(fields: "id")
            @key(fields: "at { house room }", resolvable: false)
            @key(fields: "id at { room side }", resolvable: false) {
            id: ID! at: At! owner: String!
          }
          type At { house: Int! room: Int! side: String! }
        `,
        resolvers: { Bed: { __resolveReference: ({ id }: Row) => ({ id, owner: `owner of ${String(id)}` }) } },
      },
    },
    exchanges: [
      {
        fact: 'sends the one that can be looked up, whole',
        query: '{ floor { beds { id owner label } } }',
        data: { floor: { beds: [{ id: 'b', owner: 'owner of b', label: 'b left owner of b' }] } },
        refusedBy: { apollo: "Apollo's planner sends a part of another key" },
      },
    ],
  },
  {
    rule: '@key: null, and entities that cannot be resolved',
    subgraphs: {
      loans: {
        sdl: 'type Query { loans: [Loan]! } type Loan { book: Book } type Book @key(fields: "id") { id: ID }',
        resolvers: {
          Query: {
            loans: () => [{ book: { id: '1' } }, { book: null }, null, { book: { id: null } }, { book: { id: '9' } }],
          },
        },
      },
      books: {
        sdl: 'type Book @key(fields: "id") { id: ID title: String name: String! }',
        resolvers: {
          Book: {
            __resolveReference: ({ id }: { id: string | null }) =>
              id === '1' ? { id, title: 'Emma', name: 'E.' } : null,
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'leaves null what is not found, and does without errors where null may be',
        query: '{ loans { book { id title } } }',
        data: {
          loans: [
            { book: { id: '1', title: 'Emma' } },
            { book: null },
            null,
            { book: { id: null, title: null } },
            { book: { id: '9', title: null } },
          ],
        },
      },
      {
        fact: 'gives null to the nearest parent that can take it, with an error, where null may not be',
        query: '{ loans { book { id name } } }',
        data: { loans: [{ book: { id: '1', name: 'E.' } }, { book: null }, null, { book: null }, { book: null }] },
        errors: [
          { path: ['loans', 3, 'book', 'name'], code: 'SUBGRAPH_INVALID_RESPONSE' },
          { path: ['loans', 4, 'book', 'name'], code: 'SUBGRAPH_INVALID_RESPONSE' },
        ],
      },
    ],
  },
  {
    rule: '@key: entities that are missing on the way to another subgraph',
    subgraphs: {
      loans: {
        sdl: 'type Query { loans: [Loan!]! } type Loan { book: Book! } type Book @key(fields: "code") { code: ID! }',
        resolvers: { Query: { loans: () => ['c1', 'c2'].map((code) => ({ book: { code } })) } },
      },
      codes: {
        sdl: 'type Book @key(fields: "code") @key(fields: "id") { code: ID! id: ID! }',
        resolvers: {
          Book: { __resolveReference: ({ code }: Row) => (code === 'c1' ? { code, id: '1' } : null) },
        },
      },
      titles: {
        sdl: 'type Book @key(fields: "id") { id: ID! title: String }',
        resolvers: { Book: { __resolveReference: ({ id }: Row) => ({ id, title: `title of ${String(id)}` }) } },
      },
    },
    exchanges: [
      {
        fact: 'are not asked about any further, and have null without an error where null may be',
        query: '{ loans { book { code title } } }',
        data: { loans: [{ book: { code: 'c1', title: 'title of 1' } }, { book: { code: 'c2', title: null } }] },
        representations: {
          loans: [],
          codes: [
            { __typename: 'Book', code: 'c1' },
            { __typename: 'Book', code: 'c2' },
          ],
          titles: [{ __typename: 'Book', id: '1' }],
        },
      },
    ],
  },
  {
    rule: '@key: resolvable: false',
    subgraphs: {
      orders: {
        sdl: 'type Query { order: Order! } type Order { of: Product! } type Product @key(fields: "id", resolvable: false) { id: ID! }',
        resolvers: { Query: { order: () => ({ of: { id: 'p1' } }) } },
      },
      products: {
        sdl: 'type Query { product: Product! } type Product @key(fields: "id") { id: ID! name: String! }',
        resolvers: {
          Query: { product: () => ({ id: 'p2', name: 'Mask' }) },
          Product: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Product ${id}` }) },
        },
      },
    },
    exchanges: [
      {
        fact: 'goes from the stub to the owner, and never the other way',
        query: '{ order { of { id name } } product { id name } }',
        data: { order: { of: { id: 'p1', name: 'Product p1' } }, product: { id: 'p2', name: 'Mask' } },
        representations: { orders: [], products: [{ __typename: 'Product', id: 'p1' }] },
      },
    ],
  },
];

function sideOf(at: unknown): string {
  return String((at as Row)['side']);
}
