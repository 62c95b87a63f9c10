import { startFakeSubgraph, type FakeSubgraph } from './fake-subgraph.ts';

const NAMES: Readonly<Record<string, string>> = { u1: 'Ada', u2: 'Grace' };

/** Two subgraphs that share an entity: reviews, and the people who wrote them. */
export async function startReviewSubgraphs(): Promise<{ reviews: FakeSubgraph; people: FakeSubgraph }> {
  const reviews = await startFakeSubgraph(
    'reviews',
    `
    type Query { reviews: [Review!]! broken: String boom: String taken: String odd: String strict: String! }
    type Mutation { review(text: String!): Review! }
    type Review { id: ID! text: String! author: Person }
    type Person @key(fields: "id") { id: ID! }
    `,
    {
      Query: {
        reviews: () => ['u1', 'u2'].map((id, index) => ({ id: `r${index}`, text: 'Good', author: { id } })),
        broken: () => {
          throw new Error('relation "patients" does not exist at /srv/app/store.js');
        },
        taken: () => {
          throw Object.assign(new Error('The slot is taken.'), { extensions: { code: 'CONFLICT' } });
        },
        odd: () => {
          throw Object.assign(new Error('http://10.0.0.7/secret'), { extensions: { code: 'MY_OWN_CODE' } });
        },
      },
      Mutation: { review: (_: unknown, { text }: { text: string }) => ({ id: 'r9', text, author: { id: 'u1' } }) },
    },
  );
  const people = await startFakeSubgraph(
    'people',
    `
    type Query { person(id: ID!): Person everyone: [Person!]! }
    type Person @key(fields: "id") { id: ID! name: String nickname: String! }
    `,
    {
      Query: {
        person: (_: unknown, { id }: { id: string }) => ({ id }),
        everyone: () => Object.keys(NAMES).map((id) => ({ id })),
      },
      Person: {
        name: ({ id }: { id: string }) => NAMES[id],
        nickname: ({ id }: { id: string }) => `${String(NAMES[id])}!`,
        __resolveReference: ({ id }: { id: string }) => ({ id }),
      },
    },
  );
  return { reviews, people };
}
