import { startFakeSubgraph, type FakeSubgraph } from './fake-subgraph.ts';

const PEOPLE: Readonly<Record<string, string>> = { u1: 'Ada', u2: 'Grace' };

/** Two subgraphs for what is deferred: people, and the scores that another one gives them. */
export async function startScoredPeople(): Promise<{ people: FakeSubgraph; scores: FakeSubgraph }> {
  const people = await startFakeSubgraph(
    'people',
    `
    type Query { me: Person everyone: [Person!]! hits: [Hit!]! nobody: Person version: Int }
    type Mutation { rename(name: String!): Person remove: Person }
    type Person @key(fields: "id") { id: ID! name: String home: Home friends: [Person!]! broken: Int! }
    type Home { city: String street: String }
    type Place @key(fields: "id") { id: ID! label: String }
    union Hit = Person | Place
    `,
    {
      Query: {
        me: () => ({ id: 'u1' }),
        everyone: () => Object.keys(PEOPLE).map((id) => ({ id })),
        hits: () => [
          { __typename: 'Person', id: 'u1' },
          { __typename: 'Place', id: 'p1', label: 'Rome' },
        ],
        nobody: () => null,
        version: () => 7,
      },
      Mutation: { rename: () => ({ id: 'u2' }), remove: () => ({ id: 'gone' }) },
      Person: {
        name: ({ id }: { id: string }) => PEOPLE[id],
        home: () => ({ city: 'Rome', street: 'Via Appia' }),
        friends: () => [{ id: 'u2' }],
        broken: () => {
          throw new Error('no');
        },
        __resolveReference: ({ id }: { id: string }) => (id === 'gone' ? null : { id }),
      },
    },
  );
  const scores = await startFakeSubgraph(
    'scores',
    `
    type Query { best: Int }
    type Person @key(fields: "id") { id: ID! score: Int rank: Int! rival: Person diary: String @authenticated }
    `,
    {
      Query: { best: () => 99 },
      Person: {
        score: ({ id }: { id: string }) => (id === 'u1' ? 10 : 20),
        rank: ({ id }: { id: string }) => (id === 'u1' ? 1 : 2),
        rival: () => ({ id: 'u2' }),
        __resolveReference: ({ id }: { id: string }) => ({ id }),
      },
    },
  );
  return { people, scores };
}
