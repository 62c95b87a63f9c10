import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { OperationRefused } from '../errors/gateway-error.ts';
import { createReadDocument } from './read-document.ts';

const read = createReadDocument({
  schema: buildSchema('type Query { a: Int } type Subscription { ticks: Int }'),
  limits: {
    maxTokens: 100,
    maxDepth: 5,
    maxAliases: 5,
    maxRootFields: 5,
    maxFields: 5,
    maxNesting: 5,
    maxAnswerFields: 5,
    assumedListLength: 1,
  },
  isIntrospectionOn: true,
});

function refusedBy(text: string): unknown {
  try {
    read(text, false);
  } catch (error) {
    return error;
  }
  return undefined;
}

it.each(['skip', 'include'])('refuses a subscription whose root field a variable of @%s decides about', (directive) => {
  const error = refusedBy(`subscription ($isOn: Boolean = false) { ticks @${directive}(if: $isOn) }`);

  expect(error).toBeInstanceOf(OperationRefused);
  expect(error).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
});

it('remembers a document that comes again, or is expected to', () => {
  const [once, twice, thrice] = [1, 2, 3].map(() => read('{ a }', false));

  expect([once, twice].map((one) => one?.isKept)).toEqual([false, true]);
  expect(thrice).toBe(twice);
  expect(read('{ b: a }', true)).toBe(read('{ b: a }', false));
});
