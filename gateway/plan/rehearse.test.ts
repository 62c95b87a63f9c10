import { expect, it } from '@jest/globals';
import { buildSchema, print } from 'graphql';
import type { PlannedOperation } from './plan-in-series.ts';
import { rehearse } from './rehearse.ts';

const SCHEMA = buildSchema(`
  type Query { me: Person! hits(first: Int!): [Hit] version: Int }
  type Person { id: ID! friend: Person home: Home }
  type Home { city: String owner: Person }
  union Hit = Person | Home
`);

it('plans operations over all fields of the root, and lets others have their turns', async () => {
  const planned: string[] = [];
  const planAtHand = ({ definition }: PlannedOperation) => {
    planned.push(print(definition).replaceAll(/\s+/g, ' '));
    return undefined;
  };
  let turns = 0;
  const turn = (): void => {
    turns += 1;
    setImmediate(turn).unref();
  };
  turn();

  await rehearse(planAtHand, SCHEMA);

  expect(planned.slice(0, 3)).toEqual([
    '{ me { __typename id friend { __typename id friend { __typename id } home { __typename city } } ' +
      'home { __typename city owner { __typename id } } } }',
    '{ hits { __typename } }',
    '{ version }',
  ]);
  expect(planned).toHaveLength(30);
  expect(turns).toBeGreaterThanOrEqual(30);
});
