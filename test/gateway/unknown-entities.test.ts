import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';

interface Thing {
  readonly id: string;
  readonly size?: number;
}

let subgraphs: readonly FakeSubgraph[];
let gateway: TestGateway;

beforeAll(async () => {
  const known = (thing: Thing): Thing => thing;
  subgraphs = await Promise.all([
    startFakeSubgraph('things', 'type Query { things: [Thing!]! } type Thing @key(fields: "id") { id: ID! }', {
      Query: { things: () => [{ id: '1' }, { id: '2' }] },
    }),
    startFakeSubgraph('sizes', 'type Thing @key(fields: "id") { id: ID! size: Int }', {
      Thing: { __resolveReference: ({ id }: Thing) => (id === '1' ? { id, size: 1 } : null) },
    }),
    startFakeSubgraph(
      'boxes',
      `type Thing @key(fields: "id") {
        id: ID! size: Int @external box: String @requires(fields: "size") color: String
      }`,
      {
        Thing: {
          __resolveReference: known,
          box: ({ size }: Thing) => `box ${String(size)}`,
          color: ({ id }: Thing) => `color ${id}`,
        },
      },
    ),
  ]);
  gateway = await startGateway(subgraphs, { env: {} });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all(subgraphs.map(({ stop }) => stop()));
});

it('an entity that one subgraph does not know loses what requires something of it, and nothing beside that', async () => {
  const { body } = await gateway.post({ query: '{ things { box color } }' });

  expect(body).toEqual({
    data: {
      things: [
        { box: 'box 1', color: 'color 1' },
        { box: null, color: 'color 2' },
      ],
    },
  });
  expect(subgraphs.map(({ received }) => received.length)).toEqual([1, 1, 1]);
});
