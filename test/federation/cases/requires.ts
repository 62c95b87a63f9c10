import { GraphQLError } from 'graphql';
import type { FederationCase } from '../support/federation-case.ts';

type Row = Readonly<Record<string, unknown>>;

const itself = { __resolveReference: (entity: unknown) => entity };

const WEIGHTS: Readonly<Record<string, number>> = { GRAM: 1500, KILO: 1.5 };

export const REQUIRES_CASES: readonly FederationCase[] = [
  {
    rule: '@requires: of another subgraph, with arguments',
    subgraphs: {
      catalog: {
        sdl: `
          type Query { product: Product }
          type Product @key(fields: "id") { id: ID! name: String weight(unit: Unit!): Float parts: Int tags(first: Int! = 2): [String!] }
          enum Unit { GRAM KILO }
        `,
        resolvers: {
          Query: { product: () => ({ id: 'p', name: 'Bed', parts: 7 }) },
          Product: {
            __resolveReference: () => ({ id: 'p', name: 'Bed', parts: 7 }),
            weight: (_: unknown, { unit }: { unit: string }) => WEIGHTS[unit],
            tags: (_: unknown, { first }: { first: number }) => ['a', 'b', 'c'].slice(0, first),
          },
        },
      },
      shipping: {
        sdl: `
          type Product @key(fields: "id") {
            id: ID!
            weight(unit: Unit!): Float @external
            name: String @external
            label: String @requires(fields: "name")
            price: Float @requires(fields: "weight(unit: KILO)")
            stamps: Float @requires(fields: "weight(unit: GRAM)")
            tags(first: Int! = 2): [String!] @external
            bestTag: String @requires(fields: "tags(first: 1)")
          }
          enum Unit { GRAM KILO }
        `,
        resolvers: {
          Product: {
            ...itself,
            label: ({ name }: Row) => `<${String(name)}>`,
            price: ({ weight }: Row) => Number(weight) * 10,
            stamps: ({ weight }: Row) => Number(weight),
            bestTag: ({ tags }: { tags: readonly string[] }) => tags.join(),
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'sends what is required, which the client need not ask',
        query: '{ product { label } }',
        data: { product: { label: '<Bed>' } },
        representations: { shipping: [{ __typename: 'Product', name: 'Bed', id: 'p' }] },
      },
      {
        fact: 'sends what is required with the arguments of the directive',
        query: '{ product { price } }',
        data: { product: { price: 15 } },
      },
      {
        fact: 'keeps the arguments of the client apart from those of the directive',
        query: '{ product { weight(unit: GRAM) price } }',
        data: { product: { weight: 1500, price: 15 } },
      },
      {
        fact: 'keeps an alias of the client apart from the field that is required',
        query: '{ product { name: parts label weight: parts price } }',
        data: { product: { name: 7, label: '<Bed>', weight: 7, price: 15 } },
      },
      {
        fact: 'keeps two directives that require one field with different arguments apart',
        query: '{ product { price stamps } }',
        data: { product: { price: 15, stamps: 1500 } },
      },
      {
        fact: 'keeps what the client asks without arguments, and by default ones, apart from what is required with others',
        query: '{ product { tags bestTag } }',
        data: { product: { tags: ['a', 'b'], bestTag: 'a' } },
      },
      {
        fact: 'passes variables of the client on beside it',
        query: 'query ($unit: Unit!) { product { mine: weight(unit: $unit) price } }',
        variables: { unit: 'GRAM' },
        data: { product: { mine: 1500, price: 15 } },
      },
    ],
  },
  {
    rule: '@requires: with fragments, over interfaces and lists',
    subgraphs: {
      library: {
        sdl: `
          type Query { shelf: Shelf }
          type Shelf @key(fields: "id") { id: ID! media: [Media!]! featured: Media }
          interface Media { id: ID! }
          type Book implements Media { id: ID! pages: Int }
          type Film implements Media { id: ID! minutes: Int @shareable }
        `,
        resolvers: {
          Query: {
            shelf: () => ({
              id: 's',
              media: [
                { __typename: 'Book', id: 'b', pages: 300 },
                { __typename: 'Film', id: 'f', minutes: 90 },
              ],
              featured: { __typename: 'Film', id: 'f', minutes: 90 },
            }),
          },
        },
      },
      time: {
        sdl: `
          type Shelf @key(fields: "id") {
            id: ID!
            media: [Media!]! @external
            featured: Media @external
            hours: String @requires(fields: "media { id ... on Book { pages } ... on Film { minutes } }")
            star: String @requires(fields: "featured { __typename id }")
          }
          interface Media { id: ID! }
          type Book implements Media { id: ID! @external pages: Int @external }
          type Film implements Media { id: ID! @external minutes: Int @external }
        `,
        resolvers: {
          Shelf: {
            ...itself,
            hours: ({ media }: { media: readonly Row[] }) =>
              media.map((one) => `${String(one['id'])}:${String(one['pages'] ?? one['minutes'])}`).join(),
            star: ({ featured }: { featured: Row }) => `${String(featured['__typename'])} ${String(featured['id'])}`,
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'sends of each item what its type requires',
        query: '{ shelf { hours } }',
        data: { shelf: { hours: 'b:300,f:90' } },
      },
      {
        fact: 'sends the type of what is required through an interface, where it is required',
        query: '{ shelf { star } }',
        data: { shelf: { star: 'Film f' } },
      },
      {
        fact: 'leaves what the client asked of the same list as it was asked',
        query: '{ shelf { hours media { ... on Film { id: minutes } } } }',
        data: { shelf: { hours: 'b:300,f:90', media: [{}, { id: 90 }] } },
      },
    ],
  },
  {
    rule: '@requires: chained',
    subgraphs: {
      goods: {
        sdl: 'type Query { items: [Item!]! } type Item @key(fields: "id") { id: ID! net: Int }',
        resolvers: {
          Query: {
            items: () => [
              { id: '1', net: 100 },
              { id: '2', net: null },
            ],
          },
        },
      },
      tax: {
        sdl: 'type Item @key(fields: "id") { id: ID! net: Int @external tax: Int @requires(fields: "net") }',
        resolvers: { Item: { ...itself, tax: ({ net }: Row) => (net === null ? null : Number(net) / 5) } },
      },
      bills: {
        sdl: `
          type Item @key(fields: "id") {
            id: ID! net: Int @external tax: Int @external total: String @requires(fields: "net tax")
          }
        `,
        resolvers: { Item: { ...itself, total: ({ net, tax }: Row) => `${String(net)}+${String(tax)}` } },
      },
    },
    exchanges: [
      {
        fact: 'asks in the order in which one needs the other, and sends nulls as nulls',
        query: '{ items { total } }',
        data: { items: [{ total: '100+20' }, { total: 'null+null' }] },
      },
    ],
  },
  {
    rule: '@requires: chained, from the subgraph in the middle, beside another',
    subgraphs: {
      stock: {
        sdl: `
          type Query { shelf: [Item!]! }
          type Item @key(fields: "id") { id: ID! side: Int @external volume: Int @requires(fields: "side") }
        `,
        resolvers: {
          Query: { shelf: () => [{ id: '1' }, { id: '2' }] },
          Item: { ...itself, volume: ({ side }: Row) => (side === null ? null : Number(side) ** 3) },
        },
      },
      goods: {
        sdl: 'type Item @key(fields: "id") @key(fields: "sku") { id: ID! sku: String side: Int net: Int }',
        resolvers: {
          Item: {
            __resolveReference: ({ id }: Row) => ({ id, sku: `s${String(id)}`, side: id === '1' ? 2 : null, net: 10 }),
          },
        },
      },
      freight: {
        sdl: 'type Item @key(fields: "id") { id: ID! volume: Int @external crate: String @requires(fields: "volume") }',
        resolvers: { Item: { ...itself, crate: ({ volume }: Row) => `crate of ${String(volume)}` } },
      },
      prices: {
        sdl: 'type Item @key(fields: "sku") { sku: String net: Int @external price: Int @requires(fields: "net") }',
        resolvers: { Item: { ...itself, price: ({ net }: Row) => Number(net) * 2 } },
      },
    },
    exchanges: [
      {
        fact: 'comes back with what its own field requires before the next is asked',
        query: '{ shelf { price crate } }',
        data: {
          shelf: [
            { price: 20, crate: 'crate of 8' },
            { price: 20, crate: 'crate of null' },
          ],
        },
        refusedBy: {
          hive: 'the native planner cannot join what both need',
          apollo: "Apollo's planner asks for the volume before the side",
        },
      },
    ],
  },
  {
    rule: '@requires: circular between two subgraphs',
    subgraphs: {
      left: {
        sdl: `
          type Query { knot: Knot }
          type Knot @key(fields: "id") { id: ID! a: String b: String @external c: String @requires(fields: "b") }
        `,
        resolvers: {
          Query: { knot: () => ({ id: 'k', a: 'a' }) },
          Knot: {
            __resolveReference: (knot: object) => ({ a: 'a', ...knot }),
            c: ({ b }: Row) => `c(${String(b)})`,
          },
        },
      },
      right: {
        sdl: `
          type Knot @key(fields: "id") {
            id: ID! a: String @external b: String @requires(fields: "a") c: String @external d: String @requires(fields: "c")
          }
        `,
        resolvers: {
          Knot: { ...itself, b: ({ a }: Row) => `b(${String(a)})`, d: ({ c }: Row) => `d(${String(c)})` },
        },
      },
    },
    exchanges: [
      {
        fact: 'goes to and fro as often as it takes',
        query: '{ knot { d } }',
        data: { knot: { d: 'd(c(b(a)))' } },
        refusedBy: { apollo: "Apollo's planner takes a field that is external in a subgraph from that subgraph" },
      },
    ],
  },
  {
    rule: '@requires: of what a subgraph failed to give',
    subgraphs: {
      source: {
        sdl: 'type Query { things: [Thing!]! } type Thing @key(fields: "id") { id: ID! }',
        resolvers: { Query: { things: () => [{ id: '1' }, { id: '2' }] } },
      },
      sizes: {
        sdl: 'type Thing @key(fields: "id") { id: ID! size: Int! weight: Int }',
        resolvers: {
          Thing: {
            __resolveReference: ({ id }: Row) => ({ id, size: id === '1' ? 1 : null }),
            weight: ({ id }: Row) => {
              if (id === '2') throw new GraphQLError('It is not weighed.', { extensions: { code: 'CONFLICT' } });
              return 3;
            },
          },
        },
      },
      boxes: {
        sdl: `type Thing @key(fields: "id") {
          id: ID! size: Int! @external weight: Int @external
          box: String @requires(fields: "size") stamp: String @requires(fields: "weight")
        }`,
        resolvers: {
          Thing: {
            ...itself,
            box: ({ size }: Row) => `box ${String(size)}`,
            stamp: ({ weight }: Row) => `for ${String(weight)}`,
          },
        },
      },
    },
    exchanges: [
      {
        fact: 'is not asked for, and the one error is that of the subgraph that failed',
        query: '{ things { box } }',
        data: { things: [{ box: 'box 1' }, { box: null }] },
        // The client did not ask for the size: the error stands at the thing.
        errors: [{ path: ['things', 1], code: 'INTERNAL_SERVER_ERROR' }],
      },
      {
        fact: 'is told of where it is missing too, when the client asked for what failed',
        query: '{ things { stamp weight } }',
        data: {
          things: [
            { stamp: 'for 3', weight: 3 },
            { stamp: null, weight: null },
          ],
        },
        errors: [
          { path: ['things', 1, 'weight'], code: 'CONFLICT' },
          { path: ['things', 1], code: 'CONFLICT' },
        ],
      },
    ],
  },
];
