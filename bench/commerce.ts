import type { BenchSubgraph } from './supergraph.ts';

// A shop over four subgraphs, in the shape that the public benchmarks of federation gateways use: accounts, products, reviews and
// inventory, where the cost of shipping depends on what another subgraph knows of the product.

const USERS = 6;
const PRODUCTS = 9;
const REVIEWS = 11;

const VERDICT = 'Whoever asks me is told to take the larger one, and to measure the room first.';
const SENTENCES = [
  'Arrived two days early and was put together within the hour, with nothing left over and nothing missing.',
  'The finish is better than the pictures promise, and it has stood through a winter of daily use by four people.',
  'One leg was shorter than the others; a folded card made up for it until the replacement came, which took a week.',
  'For the price there is little to complain about, and what there is can be put right with a screwdriver and patience.',
];

interface Review {
  readonly id: string;
  readonly body: string;
  readonly userId: string;
  readonly upc: string;
}

const reviews = Array.from({ length: REVIEWS }, (_, index): Review => ({
  id: String(index + 1),
  body: sentencesFrom(index),
  // A few write most, and a few things are written about most, as it goes.
  userId: String([1, 1, 2, 1, 2, 3, 1, 4, 2, 5, 3][index] ?? 1),
  upc: String([1, 2, 1, 3, 1, 2, 4, 1, 5, 6, 2][index] ?? 1),
}));

function sentencesFrom(index: number): string {
  return [...[0, 1, 2].map((offset) => SENTENCES[(index + offset) % SENTENCES.length]), VERDICT].join(' ');
}

function user(id: string) {
  return { id, name: `User Number ${id}`, username: `user${id}`, birthday: `19${60 + Number(id)}-04-0${id}` };
}

function product(upc: string) {
  const number = Number(upc);
  return { upc, name: `Product ${upc}`, price: 100 * number - 1, weight: number % 2 === 0 ? 1000 : 50 * number };
}

function shippingEstimate({ price, weight }: { price: number; weight: number }): number {
  return price > 700 ? 0 : weight / 2;
}

const byId = { __resolveReference: ({ id }: { id: string }) => user(id) };

export const COMMERCE: readonly BenchSubgraph[] = [
  {
    name: 'accounts',
    extended: {},
    typeDefs: `
      type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String birthday: String }`,
    resolvers: {
      Query: {
        me: () => user('1'),
        user: (_: unknown, { id }: { id: string }) => user(id),
        users: () => numbersTo(USERS).map(user),
      },
      User: byId,
    },
  },
  {
    name: 'products',
    extended: {},
    typeDefs: `
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: {
        topProducts: (_: unknown, { first }: { first: number }) => numbersTo(PRODUCTS).slice(0, first).map(product),
      },
      Product: { __resolveReference: ({ upc }: { upc: string }) => product(upc) },
    },
  },
  {
    name: 'reviews',
    extended: { User: 'id', Product: 'upc' },
    typeDefs: `
      type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
      type User @key(fields: "id") { id: ID! reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      Review: {
        __resolveReference: ({ id }: { id: string }) => reviews.find((review) => review.id === id),
        author: ({ userId }: Review) => ({ id: userId }),
        product: ({ upc }: Review) => ({ upc }),
      },
      User: { reviews: ({ id }: { id: string }) => reviews.filter(({ userId }) => userId === id) },
      Product: { reviews: ({ upc }: { upc: string }) => reviews.filter((review) => review.upc === upc) },
    },
  },
  {
    name: 'inventory',
    extended: { Product: 'upc' },
    typeDefs: `
      type Product @key(fields: "upc") {
        upc: String!
        weight: Int @external
        price: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: { inStock: ({ upc }: { upc: string }) => Number(upc) % 3 !== 0, shippingEstimate },
    },
  },
];

function numbersTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

/** Both root fields, four levels deep, each entity in full wherever it is met: about 86 KB of answer. */
export const NESTED_QUERY = `query Nested {
  users {
    ...Person
    reviews {
      ...Opinion
      product {
        ...Ware
        reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Ware } } } }
      }
    }
  }
  topProducts {
    ...Ware
    reviews { ...Opinion author { ...Person reviews { ...Opinion product { ...Ware } } } }
  }
}
fragment Person on User { id username name }
fragment Opinion on Review { id body }
fragment Ware on Product { inStock name price shippingEstimate upc weight }`;

export const SMALL_QUERY = '{ me { id username } }';

const PERSON = ['id', 'username', 'name', 'birthday'];
const OPINION = ['id', 'body'];
const WARE = ['upc', 'name', 'price', 'weight', 'inStock', 'shippingEstimate'];

/** One of any number of operations that differ in what they select, as well as in their names; the same `index` gives the same one. */
export function distinctOperation(index: number): string {
  const bits = bitsFrom(index);
  const person = () => someOf(PERSON, bits);
  const opinion = () => someOf(OPINION, bits);
  const ware = () => someOf(WARE, bits);
  return `query Distinct${index} {
    me${index}: me { ${person()} reviews { ${opinion()} product { ${ware()} reviews { ${opinion()} author { ${person()} } } } } }
    topProducts(first: 2) { ${ware()} reviews { ${opinion()} author { ${person()} reviews { ${opinion()} product { ${ware()} } } } } }
  }`;
}

function someOf(fields: readonly string[], next: () => number): string {
  const chosen = fields.filter(() => next() === 1);
  return (chosen.length === 0 ? fields.slice(0, 1) : chosen).join(' ');
}

/** Bits that look random: the high bits of a linear congruential generator (constants of Numerical Recipes). */
function bitsFrom(seed: number): () => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 31;
  };
}
