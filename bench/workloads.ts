/** One subgraph of the benchmark: its schema, and the data behind it. */
export interface BenchSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: object;
}

export interface Workload {
  readonly name: string;
  readonly query: string;
}

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const COUNT = 100;

const ids = Array.from({ length: COUNT }, (_, index) => String(index + 1));

/** Two subgraphs that own a half of each account: what every list has to be joined over. */
export const SUBGRAPHS: readonly BenchSubgraph[] = [
  {
    name: 'accounts',
    typeDefs: `${LINK}
      type Query { me: Account accounts: [Account!]! }
      type Account @key(fields: "id") { id: ID! name: String! email: String! }`,
    resolvers: {
      Query: { me: () => account('1'), accounts: () => ids.map(account) },
      Account: { __resolveReference: async ({ id }: { id: string }) => account(id) },
    },
  },
  {
    name: 'reviews',
    typeDefs: `${LINK}
      type Query { review(id: ID!): Review }
      type Account @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Review @key(fields: "id") { id: ID! body: String! stars: Int! author: Account! }`,
    resolvers: {
      Query: { review: (_: unknown, { id }: { id: string }) => review(id, 0) },
      Account: { reviews: ({ id }: { id: string }) => [0, 1, 2].map((index) => review(id, index)) },
    },
  },
];

export const WORKLOADS: readonly Workload[] = [
  { name: 'small query, one field of one subgraph', query: '{ me { id name } }' },
  {
    name: `${COUNT} entities joined over two subgraphs`,
    query: '{ accounts { id name reviews { id body stars author { id name email } } } }',
  },
];

function account(id: string) {
  return { id, name: `Account ${id}`, email: `account${id}@example.com` };
}

function review(accountId: string, index: number) {
  return {
    id: `${accountId}-${index}`,
    body: 'It does what it says, and it does it quietly.',
    stars: index + 3,
    author: { id: accountId },
  };
}
