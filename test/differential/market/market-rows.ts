import type { DataObject } from '../made-up/made-up-graph.ts';

/** A row whose references are filled in after all rows have been made. */
export interface Row extends DataObject {
  [field: string]: unknown;
}

export interface MarketRows {
  readonly products: readonly Row[];
  readonly bundles: readonly Row[];
  readonly warehouses: readonly Row[];
  readonly users: readonly Row[];
  readonly guests: readonly Row[];
  readonly reviews: Row[];
  readonly parts: readonly Row[];
}

const CATEGORIES = ['TOYS', 'BOOKS', null, 'FOOD', 'WEAPONS', 'TOYS'];
const GRIDS = [[[1, 2], null, [3]], [], null, [[4]], [[], [5, 6, 7]]];

/** The market's data: the same every time, with nulls, empty lists and shared references in it. */
export function marketRows(): MarketRows {
  const products = range(9).map(productRow);
  const users = range(6).map(userRow);
  const warehouses = range(3).map((n) => row('Warehouse', { n, id: `w${n}`, city: n === 1 ? null : `City ${n}` }));
  const guests = range(2).map((n) => row('Guest', { n }));
  const bundles = range(3).map((n) =>
    row('Bundle', { n, id: `b${n}`, category: at(CATEGORIES, n), main: at(products, n + 1) }),
  );
  const reviews = range(14).map((n) =>
    row('Review', { n, id: `r${n}`, rating: n % 6, mood: at(['HAPPY', null, 'SAD'], n) }),
  );
  const parts = range(7).map((n) =>
    row('Part', {
      n,
      number: n % 3,
      product: at(products, n >> 1),
      label: n % 4 === 3 ? null : `part ${n}`,
      bin: n % 3 === 1 ? null : `bin ${n}`,
    }),
  );

  for (const product of products) {
    const n = Number(product['n']);
    product['related'] = range(n % 4).map((k) => (k === 2 ? null : at(products, n * 2 + k + 1)));
    product['parts'] = n === 4 ? null : parts.filter((part) => part['product'] === product);
    product['bundles'] = range(n % 3).map((k) => at([...bundles, null], n + k));
    product['warehouse'] = n % 5 === 4 ? null : at(warehouses, n);
    // The catalog knows users by their email alone, so that it refers to those who have one.
    product['maker'] = n % 4 === 2 ? null : at(users, n % 4);
    product['reviews'] = n === 5 ? null : reviews.filter((review) => Number(review['n']) % 7 === n);
  }
  for (const bundle of bundles)
    bundle['products'] = range(4).map((k) => (k === 1 ? null : at(products, Number(bundle['n']) + k)));
  for (const user of users) {
    const n = Number(user['n']);
    user['friends'] = n === 3 ? null : range(n % 4).map((k) => (k === 1 ? null : at(users, n + k + 1)));
    user['boss'] = n === 0 ? null : at(users, n - 1);
    user['account'] = n % 3 === 2 ? null : accountRow(n, user);
    user['manages'] = n === 5 ? null : warehouses.filter((warehouse) => Number(warehouse['n']) === n % 4);
    user['reviews'] = reviews.filter((review) => Number(review['n']) % 5 === n);
  }
  for (const warehouse of warehouses) {
    const n = Number(warehouse['n']);
    warehouse['products'] = products.filter((product) => product['warehouse'] === warehouse);
    warehouse['manager'] = n === 2 ? null : at(users, n);
    warehouse['parts'] = [...parts.slice(n, n + 2), null];
    warehouse['complaints'] = n === 0 ? [] : [at(reviews, n), null, at(reviews, n + 3)];
  }
  for (const review of reviews) {
    const n = Number(review['n']);
    review['author'] = n % 5 === 4 ? null : at(users, n % 5);
    review['editor'] = n % 3 === 0 ? null : at(users, n + 2);
    review['product'] = n % 7 === 5 ? null : at(products, n % 7);
    review['subject'] = n % 4 === 3 ? null : n % 2 === 0 ? at(products, n + 1) : at(warehouses, n);
    review['replies'] = n % 3 === 1 ? null : range(n % 3).map((k) => at(reviews, n + k + 1));
  }
  return { products, bundles, warehouses, users, guests, reviews, parts };
}

function productRow(n: number): Row {
  return row('Product', {
    n,
    upc: String(n),
    sku: n % 4 === 3 ? null : `sku-${n % 3}`,
    brand: n === 6 ? null : row('Brand', { code: `brand-${n >> 1}`, label: n % 2 === 0 ? null : `Brand ${n}` }),
    title: n === 7 ? null : `Product ${n}`,
    grams: n === 3 ? null : n * 250,
    dimensions: n === 2 ? null : row('Dimensions', { w: n + 1, h: n === 8 ? null : 3 }),
    category: at(CATEGORIES, n),
    attributes: at([{ a: 1, b: { c: [null, 'x'] } }, null, [1, { d: 2 }], 'text', 7], n),
    grid: at(GRIDS, n),
    level: at(['LOW', 'HIGH', null], n),
    msrp: n * 10,
    discount: n % 3,
    averageRating: n % 3 === 0 ? null : n / 2,
  });
}

function userRow(n: number): Row {
  const roles = range(n % 3).map((k) => range(k + 1).map((m) => row('Role', { name: `role ${n}${k}${m}` })));
  return row('User', {
    n,
    id: `u${n}`,
    email: n === 4 ? null : `u${n}@example.com`,
    nick: n === 2 ? null : `nick ${n}`,
    mood: at(['HAPPY', 'BORED', null], n),
    roles,
  });
}

function accountRow(n: number, owner: Row): Row {
  return n % 2 === 0
    ? row('FreeAccount', { tier: n, owner, trialDays: n === 4 ? null : 30 })
    : row('PaidAccount', { tier: n === 1 ? null : n, owner, balance: n * 100 });
}

/** Makes a row. */
export function row(__typename: string, fields: Readonly<Record<string, unknown>>): Row {
  return { __typename, ...fields };
}

/** Numbers from 0 up to, and without, `length`. */
export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

/** The item at an index, beginning anew after the last. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('no items');
  return item;
}
