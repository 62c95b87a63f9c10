import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';

/** `Stats`, `Row` and the owners are shared: each subgraph knows fields of its own of the same objects. */
const shared = (name: string) => `
  type Query { stats: Stats @shareable }
  type Stats @shareable { rows: [Row] owner: Owner }
  type Row @shareable { key: String! ${name}: Int }
  interface Owner { ${name}: Int }
  type Person implements Owner @shareable { ${name}: Int }
  type Team implements Owner @shareable { ${name}: Int }`;

const product = (known: string) => `
  type Product @key(fields: "id") { id: ID! sizes: [Size] @shareable }
  type Size @shareable { ${known}: Int }`;

const SHIPPING = `
  type Product @key(fields: "id") { id: ID! sizes: [Size] @external cost: Int @requires(fields: "sizes { length width }") }
  type Size @external { length: Int width: Int }`;

let catalog: FakeSubgraph;
let stock: FakeSubgraph;
let shipping: FakeSubgraph;
let gateway: TestGateway;

beforeAll(async () => {
  const root = 'extend type Query { product: Product }';
  const none = { Query: {} };
  catalog = await startFakeSubgraph('catalog', shared('inCatalog') + product('length') + root, none);
  stock = await startFakeSubgraph('stock', shared('inStock') + product('width'), none);
  shipping = await startFakeSubgraph('shipping', SHIPPING, { Product: { cost: () => 7 } });
  gateway = await startGateway([catalog, stock, shipping]);
});

afterEach(() => {
  for (const subgraph of [catalog, stock, shipping]) subgraph.received.splice(0);
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([catalog, stock, shipping].map((subgraph) => subgraph.stop()));
});

function answer(subgraph: FakeSubgraph, data: unknown): void {
  subgraph.override = (_, response) => void response.end(JSON.stringify({ data }));
}

/** Whichever of the two answers last: each gives each of the values. */
async function askBothWays(query: string, one: unknown, other: unknown) {
  const answers = [];
  for (const [first, second] of [
    [catalog, stock],
    [stock, catalog],
  ] as const) {
    answer(first, one);
    answer(second, other);
    answers.push((await gateway.post({ query })).body);
  }
  return answers;
}

const INVALID = 'SUBGRAPH_INVALID_RESPONSE';
const ROWS = '{ stats { rows { key inCatalog inStock } } }';
const OWNER = '{ stats { owner { __typename inCatalog inStock } } }';
const row = (fields: object) => ({ key: 'k', inCatalog: 1, inStock: 2, ...fields });

describe('a value that two subgraphs share', () => {
  it('is joined item by item where both give it in one shape', async () => {
    answer(catalog, { stats: { rows: [{ key: 'a', inCatalog: 1 }, null] } });
    answer(stock, { stats: { rows: [{ key: 'a', inStock: 2 }, null] } });

    const { body } = await gateway.post({ query: ROWS });

    expect(body).toEqual({ data: { stats: { rows: [{ key: 'a', inCatalog: 1, inStock: 2 }, null] } } });
  });

  it.each([
    { name: 'an object and a list', one: [row({})], other: {} },
    { name: 'a text and a list', one: [row({})], other: 'rows' },
    { name: 'an empty list and one that is not', one: [row({})], other: [] },
    { name: 'a longer list', one: [row({})], other: [row({}), row({})] },
  ])('is null with an error where they give $name, never a mix', async ({ one, other }) => {
    const answers = await askBothWays(ROWS, { stats: { rows: one } }, { stats: { rows: other } });

    for (const { data, errors } of answers) {
      expect(data).toEqual({ stats: { rows: null } });
      expect(errors).toMatchObject([{ path: ['stats', 'rows'], extensions: { code: INVALID } }]);
      expect(errors).toHaveLength(1);
    }
  });

  it('is null with an error where they give objects of different types, or an item and no object', async () => {
    const person = { __typename: 'Person', inCatalog: 1, inStock: 2 };
    const owners = await askBothWays(
      OWNER,
      { stats: { owner: person } },
      { stats: { owner: { ...person, __typename: 'Team' } } },
    );
    const rows = await askBothWays(
      ROWS,
      { stats: { rows: [row({}), row({})] } },
      { stats: { rows: [row({}), 'row'] } },
    );

    for (const { data, errors } of owners) {
      expect(data).toEqual({ stats: { owner: null } });
      expect(errors).toMatchObject([{ path: ['stats', 'owner'], extensions: { code: INVALID } }]);
    }
    for (const { data, errors } of rows) {
      expect(data).toEqual({ stats: { rows: [row({}), null] } });
      expect(errors).toMatchObject([{ path: ['stats', 'rows', 1], extensions: { code: INVALID } }]);
    }
  });

  it('is what one of them gives where the other gives null, whichever comes last', async () => {
    const answers = await askBothWays(ROWS, { stats: { rows: [row({}), null] } }, { stats: { rows: null } });

    expect(answers).toEqual([1, 2].map(() => ({ data: { stats: { rows: [row({}), null] } } })));
  });

  it('is not sent to a third that requires it, which leaves an error', async () => {
    answer(catalog, { product: { __typename: 'Product', id: '1', sizes: [{ length: 1 }, { length: 2 }] } });
    answer(stock, { _entities: [{ __typename: 'Product', sizes: [{ width: 1 }] }] });

    const { body } = await gateway.post({ query: '{ product { id cost } }' });

    expect(stock.received).toHaveLength(1);
    expect(shipping.received).toEqual([]);
    expect(body.data).toEqual({ product: { id: '1', cost: null } });
    expect(body.errors).toMatchObject([{ path: ['product'], extensions: { code: INVALID } }]);
  });
});

describe('an entity that is looked up', () => {
  it('is left as it was, with an error, where the answer is about an object of another type', async () => {
    answer(catalog, { product: { __typename: 'Product', id: '1', sizes: [{ length: 1 }] } });
    answer(stock, { _entities: [{ __typename: 'Row', sizes: [{ width: 1 }] }] });

    const { body } = await gateway.post({ query: '{ product { id sizes { length width } } }' });

    expect(body.data).toEqual({ product: { id: '1', sizes: [{ length: 1, width: null }] } });
    expect(body.errors).toMatchObject([{ path: ['product'], extensions: { code: INVALID } }]);
  });
});
