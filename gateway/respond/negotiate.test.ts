import { expect, it } from '@jest/globals';
import { negotiate } from './negotiate.ts';

const GRAPHQL = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';

it.each([
  [undefined, JSON_TYPE],
  ['', JSON_TYPE],
  ['*/*', JSON_TYPE],
  [GRAPHQL, GRAPHQL],
  [`${GRAPHQL}, ${JSON_TYPE};q=0.9`, GRAPHQL],
  [`${JSON_TYPE};q=0.9, ${GRAPHQL}`, GRAPHQL],
  [`${GRAPHQL};q=0.1, ${JSON_TYPE}`, JSON_TYPE],
  [`${GRAPHQL.toUpperCase()}; charset=utf-8`, GRAPHQL],
  [`${GRAPHQL};q=0`, undefined],
  ['text/html', undefined],
])('answers "%s" with %s', (accept, expected) => {
  expect(negotiate(accept)).toBe(expected);
});
