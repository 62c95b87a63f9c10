import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';

const COUNT = 1_500;
const TITLES = ['plain', 'with "quotes"', 'two\nlines', 'Zürich', '患者', '😀', '', '\\', '\u0001'];

const CATALOG = `
  type Query { items(round: Int!): [Item!]! }
  type Item @key(fields: "id") { id: ID! title: String }`;
const STOCK = `
  type Item @key(fields: "id") { id: ID! quantity: Int weight: Float isNew: Boolean! shelf: Shelf tags: [String] }
  type Shelf { label: String! }`;

let subgraphs: FakeSubgraph[];
let gateway: TestGateway;

/** What stands in the list in one round. */
function itemOf(round: number, index: number) {
  const title = index % 50 === round ? null : `${TITLES[(round + index) % TITLES.length] ?? ''} ${index}`;
  const id = `${round}-${index}`;
  return { id, title };
}

function stockOf(id: string) {
  const [round = 0, index = 0] = id.split('-').map(Number);
  return {
    quantity: index % 40 === round ? null : (index - 700) * 1_000,
    weight: index / (round + 3),
    isNew: index % 2 === 0,
    shelf: index % 30 === round ? null : { label: `Shelf ${index % 7}` },
    tags: index % 3 === 0 ? [] : ['a', null, `tag ${round}`],
  };
}

beforeAll(async () => {
  subgraphs = await Promise.all([
    startFakeSubgraph('catalog', CATALOG, {
      Query: {
        items: (_: unknown, { round }: { round: number }) =>
          Array.from({ length: COUNT }, (_unused, index) => itemOf(round, index)),
      },
    }),
    startFakeSubgraph('stock', STOCK, {
      Item: { __resolveReference: ({ id }: { id: string }) => ({ id, ...stockOf(id) }) },
    }),
  ]);
  gateway = await startGateway(subgraphs);
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
});

it('answers each request for a long list with what the subgraphs said to that one', async () => {
  const query = 'query ($round: Int!) { items(round: $round) { id title quantity weight isNew shelf { label } tags } }';
  for (const round of [1, 2, 3, 4, 5, 1]) {
    const { body } = await gateway.post({ query, variables: { round } });

    const items = Array.from({ length: COUNT }, (_, index) => {
      const item = itemOf(round, index);
      return { ...item, ...stockOf(item.id) };
    });
    expect(body).toEqual({ data: { items } });
  }
});
