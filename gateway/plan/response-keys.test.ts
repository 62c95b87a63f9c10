import { describe, expect, it } from '@jest/globals';
import { responseKeys } from './response-keys.ts';

describe('responseKeys', () => {
  it('takes aliases, fields within fragments, and each key once, but no `__typename`', () => {
    expect(responseKeys('query A { a b: c { d } ... on Query @include(if: $x) { e a } __typename }')).toEqual([
      'a',
      'b',
      'e',
    ]);
    expect(responseKeys('{ __typename }')).toEqual([]);
  });
});
