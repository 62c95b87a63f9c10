import { expect, it } from '@jest/globals';
import { asksAlways } from './asks-always.ts';

const document = (fields: string): string =>
  `query ($representations: [_Any!]!, $a: Boolean!) { _entities(representations: $representations) { ${fields} } }`;

it.each([
  ['... on Pet { name }', true],
  ['... on Pet { __typename name owner @include(if: $a) { id } }', true],
  ['... on Pet { __typename }', false],
  ['... on Pet { name @skip(if: $a) }', false],
  ['... on Pet @include(if: $a) { name }', false],
  ['... on Toy { name }', false],
])('tells of %s whether a pet is asked for something whatever the variables are: %s', (fields, isAsked) => {
  expect(asksAlways(document(fields), new Set(['Pet']))).toBe(isAsked);
});
