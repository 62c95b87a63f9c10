import type { BenchSubgraph } from './supergraph.ts';

// A list as long as one asks for, every entry of which is one half of each of two subgraphs.

function item(id: string) {
  return { id, title: `Item ${id}` };
}

export const CATALOGUE: readonly BenchSubgraph[] = [
  {
    name: 'catalogue',
    extended: {},
    typeDefs: `
      type Query { items(count: Int!): [Item!]! }
      type Item @key(fields: "id") { id: ID! title: String! }`,
    resolvers: {
      Query: {
        items: (_: unknown, { count }: { count: number }) =>
          Array.from({ length: count }, (_unused, index) => item(String(index + 1))),
      },
      Item: { __resolveReference: ({ id }: { id: string }) => item(id) },
    },
  },
  {
    name: 'stock',
    extended: { Item: 'id' },
    typeDefs: `
      type Item @key(fields: "id") { id: ID! quantity: Int! shelf: Shelf! }
      type Shelf { row: Int! label: String! }`,
    resolvers: {
      Item: {
        quantity: ({ id }: { id: string }) => Number(id) % 17,
        shelf: ({ id }: { id: string }) => ({ row: Number(id) % 40, label: `Shelf ${Number(id) % 40}` }),
      },
    },
  },
];

/** A list joined over both subgraphs. */
export function listQuery(count: number): string {
  return `{ items(count: ${count}) { id title quantity shelf { row label } } }`;
}
