import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import type { Args, DataObject, DerivedRule, FieldRule, MadeUpGraph, Read } from '../made-up/made-up-graph.ts';
import { marketRows, range, row, type MarketRows } from './market-rows.ts';

const SUBGRAPHS = ['catalog', 'stock', 'reviews', 'accounts', 'pricing', 'legacy'];

/** A market of six subgraphs, one of them of Federation 1; made anew on every call. */
export function createMarket(): MadeUpGraph {
  const rows = marketRows();
  return {
    subgraphs: SUBGRAPHS.map((name) => ({
      name,
      sdl: readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8'),
    })),
    get rows() {
      return Object.values<readonly DataObject[]>({ ...rows }).flat();
    },
    fields: { ...rootFields(rows), ...mutations(rows), ...FIELDS },
    derived: DERIVED,
    interfaces: {},
    isUnknown: (subgraph, { __typename, n }) =>
      subgraph === 'legacy' && __typename === 'Product' && isUnknownToLegacy(n),
    samples: {
      upc: ['0', '1', '2', '3', '5', '7', '8', 'none'],
      id: ['u0', 'u1', 'u4', 'w0', 'w2', 'r3', 'r7', 'none'],
      email: ['u1@example.com', 'u3@example.com', 'none'],
      to: ['w0', 'w1', 'none'],
      first: [0, 1, 2, 3],
      limit: [0, 1, 3, 5],
      max: [2, 4, 30],
      min: [0, 1],
    },
  };
}

function rootFields({ products, bundles, parts, users, guests, warehouses, reviews }: MarketRows) {
  const stats = row('Stats', {
    products: products.length,
    warehouses: warehouses.length,
    shared: range(3).map((n) => row('Shared', { key: `k${n}`, fromCatalog: n, fromStock: n === 1 ? null : n * 10 })),
  });
  const kinds: Readonly<Record<string, DataObject | undefined>> = {
    PRODUCT: products[3],
    BUNDLE: bundles[1],
    PART: parts[2],
  };
  return {
    'Query.products': (_, { first, offset, category }) =>
      firstOf(
        products.filter((product) => category == null || product['category'] === category).slice(Number(offset ?? 0)),
        first,
      ),
    'Query.product': (_, { upc }) => products.find((product) => product['upc'] === upc),
    'Query.search': (_, args) => {
      const hits = [products[1], bundles[0], parts[1], parts[4], products[6], bundles[2], products[8]];
      const wanted = args['kinds'] as readonly string[] | null | undefined;
      const found = wanted == null ? hits : wanted.map((kind) => kinds[kind]);
      return args['limit'] === 0 ? null : firstOf(found, args['limit']);
    },
    'Query.sellables': (_, { limit }) =>
      firstOf([products[0], null, bundles[1], products[4], products[7], bundles[0]], limit),
    'Query.named': (_, { limit }) => firstOf([bundles[2], products[2], products[7], bundles[1]], limit),
    'Query.stats': () => stats,
    'Query.version': () => '1',
    'Query.warehouses': (_, { first }) => firstOf(warehouses, first),
    'Query.warehouse': (_, { id }) => warehouses.find((warehouse) => warehouse['id'] === id),
    'Query.reviews': (_, { range: wanted }) => ratedIn(reviews, wanted),
    'Query.review': (_, { id }) => reviews.find((review) => review['id'] === id),
    'Query.me': () => users[1],
    'Query.users': (_, { first, range: wanted }) =>
      firstOf([...users.slice(0, 3), null, ...users.slice(3)], first).slice(
        0,
        Number((wanted as Args | null | undefined)?.['max'] ?? 9),
      ),
    'Query.user': (_, { id, email }) =>
      users.find((user) => (id == null ? email != null && user['email'] === email : user['id'] === id)),
    'Query.viewers': () => [users[0], guests[0], null, users[5], guests[1]],
    'Query.cheapest': (_, { first }) => firstOf([products[1], products[4], products[0]], first),
    'Query.legacyProducts': (_, { first }) => firstOf([products[1], null, products[2], products[8]], first),
  } satisfies Record<string, FieldRule>;
}

function mutations({ products, warehouses, users, reviews }: MarketRows) {
  let count = 0;
  return {
    'Mutation.renameProduct': (_, { upc, name }) => {
      const product = products.find((candidate) => candidate['upc'] === upc);
      if (product !== undefined) product['title'] = name === undefined ? 'renamed' : name;
      return product;
    },
    'Mutation.countCatalog': (_, { by }) => (count += Number(by ?? 0)),
    'Mutation.move': (_, { upc, to }) => {
      const warehouse = warehouses.find((candidate) => candidate['id'] === to);
      if (warehouse === undefined) throw new GraphQLError('no such warehouse');
      for (const product of products) if (product['upc'] === upc) product['warehouse'] = warehouse;
      return warehouse;
    },
    'Mutation.addReview': (_, { input }) => {
      const { upc, rating, body, tags, range: wanted } = input as Args;
      const product = products.find((candidate) => candidate['upc'] === upc) ?? null;
      const text = JSON.stringify([body ?? null, tags ?? null, wanted ?? null]);
      const review = row('Review', {
        id: `r${reviews.length}`,
        n: reviews.length,
        rating,
        text,
        product,
        author: users[1],
      });
      reviews.push(review);
      return review;
    },
    'Mutation.rename': (_, { id, nick }) => {
      const user = users.find((candidate) => candidate['id'] === id);
      if (user !== undefined) user['nick'] = nick ?? null;
      return user;
    },
  } satisfies Record<string, FieldRule>;
}

const FIELDS: Readonly<Record<string, FieldRule>> = {
  'Product.name': ({ title }, { style }) => styled(title, style),
  'Product.weight': ({ grams }, { unit }) => (grams == null ? null : unit === 'KILO' ? Number(grams) / 1000 : grams),
  'Product.related': ({ related }, { first }) => firstOf(related, first),
  'Product.broken': ({ n }) => {
    if (Number(n) % 2 === 1) throw new GraphQLError('broken on purpose');
    return 'whole';
  },
  'Product.strict': ({ n }) => {
    if (n === 5) throw new GraphQLError('strict on purpose');
    return n === 7 ? null : n;
  },
  'Product.secret': () => 'secret',
  'Product.inStock': ({ level }, { level: wanted }) => (level == null ? null : wanted == null || wanted === level),
  'Product.reviews': ({ reviews }, { range: wanted, first }) =>
    reviews === null ? null : firstOf(ratedIn(reviews as readonly DataObject[], wanted), first),
  'Product.price': ({ n, ...product }, { currency }) =>
    isPriced(product) ? Number(n) * 7 + (typeof currency === 'string' ? currency : 'EUR').charCodeAt(0) : null,
  'Product.priced': ({ n, ...product }) => (isPriced(product) ? row('Price', { amount: n, currency: 'GBP' }) : null),
  'Product.msrp': ({ msrp, ...product }) => (isPriced(product) ? msrp : null),
  'Product.discount': ({ discount, ...product }) => (isPriced(product) ? discount : null),
  'Price.history': (_, { limit }) =>
    range(Number(limit ?? 2)).map((amount) => row('Price', { amount, currency: 'USD' })),
  'Product.legacyCode': ({ n }, { upper }) =>
    isUnknownToLegacy(n) ? null : upper === true ? `CODE ${String(n)}` : `code ${String(n)}`,
  'Product.legacyRank': ({ n }) => (isUnknownToLegacy(n) ? null : Number(n) * 2),
  'Bundle.name': ({ n }, { style }) => styled(n === 1 ? null : `Bundle ${String(n)}`, style),
  'Bundle.products': ({ products }, { first }) => firstOf(products, first),
  'Bundle.price': ({ n }) => (n === 2 ? null : Number(n) * 100),
  'Warehouse.products': ({ products }, { first }) => firstOf(products, first),
  'Warehouse.opened': ({ n }) => (n === 0 ? null : `19${String(n)}0`),
  'Review.body': ({ n, text }, { max }) =>
    n === 4 ? null : (typeof text === 'string' ? text : `Body of review ${String(n)}`).slice(0, Number(max ?? 99)),
  'Review.replies': ({ replies }, { first }) => firstOf(replies, first),
  'User.name': ({ n }, { style }) => styled(n === 5 ? null : `User ${String(n)}`, style),
  'User.reviews': ({ reviews }, { first }) => firstOf(reviews, first),
  'Guest.name': ({ n }, { style }) => styled(`Guest ${String(n)}`, style),
  'Guest.token': ({ n }, { length }) => String(n).repeat(Number(length ?? 1)),
  'Role.grants': ({ name }, { first }) => firstOf([name, null, 'all'], first),
};

const DERIVED: Readonly<Record<string, DerivedRule>> = {
  'Product.shippingEstimate': (read, { express }) => {
    const weight = read('weight', { unit: 'KILO' });
    const dimensions = read('dimensions') as Read | null;
    if (weight == null || dimensions == null) return null;
    return (
      Number(weight) * 10 + Number(dimensions('w')) + Number(dimensions('h') ?? 0.5) + (express === true ? 1000 : 0)
    );
  },
  'Product.freight': (read) => Number(read('weight', { unit: 'GRAM' }) ?? -1) * 3,
  'Product.volume': (read) => {
    const dimensions = read('dimensions') as Read | null;
    return dimensions == null ? -1 : Number(dimensions('w')) * Number(dimensions('h') ?? 1);
  },
  'Product.score': (read, { base }) =>
    Number(base ?? 0) + Number(read('shippingEstimate', { express: true }) ?? 0) * 2 + Number(read('volume') ?? 0),
  'Product.perKilo': (read) => {
    const isKnown = isPriced({ sku: read('sku'), brand: read('brand') });
    return isKnown ? Number(read('weight', { unit: 'KILO' }) ?? 0) / 2 : null;
  },
  // What is required may come, and the entity be unknown all the same.
  'Product.crate': (read) => (isUnknownToLegacy(read('upc')) ? null : `crate ${String(read('volume'))}`),
  'Bundle.rebate': (read) => JSON.stringify(read('products', { first: 2 }) ?? null, replaceReaders).length,
  'User.trust': (read) => {
    const account = read('account') as Read | null;
    const nick = String(read('nick')).length;
    if (account == null) return nick;
    return nick + Number(account('tier') ?? 50) + (account.has('balance') ? Number(account('balance')) : 0);
  },
  'User.circle': (read) => {
    const friends = read('friends') as readonly (Read | null)[] | null;
    return friends?.map((friend) => (friend === null ? '-' : String(friend('nick')))).join('+') ?? 'alone';
  },
  'Warehouse.sign': (read) => `Welcome to ${String(read('city'))}`,
};

function replaceReaders(_key: string, value: unknown): unknown {
  if (typeof value !== 'function') return value;
  const read = value as Read;
  const brand = read('brand') as Read | null;
  return [read('sku') ?? null, brand === null ? null : brand('code')];
}

function isUnknownToLegacy(n: unknown): boolean {
  return Number(n) % 4 === 1;
}

/** Pricing finds products by their number and brand; where either is null, it cannot. */
function isPriced({ sku, brand }: Readonly<Record<string, unknown>>): boolean {
  return sku !== null && brand !== null;
}

function styled(text: unknown, style: unknown): unknown {
  return typeof text === 'string' && style === 'LOUD' ? text.toUpperCase() : text;
}

function firstOf(items: unknown, first: unknown): unknown[] {
  if (items == null) return null as never;
  return (items as readonly unknown[]).slice(0, Number(first ?? 4));
}

function ratedIn(reviews: readonly DataObject[], wanted: unknown): readonly DataObject[] {
  const { min, max } = (wanted ?? {}) as Args;
  return reviews.filter(({ rating }) => Number(rating) >= Number(min ?? 0) && Number(rating) <= Number(max ?? 3));
}
