import { expect, it } from '@jest/globals';
import { Kind, parse, print } from 'graphql';
import { definitionsOf } from './parse-once.ts';
import { operationText } from './operation-text.ts';

it.each([
  '{ a }',
  'query Named @on(if: true) { a: b c }',
  'mutation ($x: [Int!]! = [1] @of, $y: In) { do(x: $x, y: { z: "\\"}" , u: [NULL, null] }, text: """a "b" {""") { ok } }',
  'subscription { a @skip(if: $b) @include(if: true) b @last }',
  '{ a { ...F @defer(label: "f") ... { b } ... @skip(if: $c) { c } ...on T @on { d { e } } } } fragment F on T @on { f }',
  'query { ...A } fragment A on Q { ...B a { b } } fragment B on Q { c }',
])('says what %s says', (text) => {
  const { operation: definition, fragments } = definitionsOf(parse(text));

  const written = operationText({ definition, fragments });

  expect(print(parse(written))).toBe(print(parse(text)));
  expect(written.length).toBeLessThanOrEqual(text.length + 'query  '.length);
});

it('leaves out the fragments that the operation does not use', () => {
  const { operation: definition, fragments } = definitionsOf(
    parse('{ ...A } fragment A on Q { a } fragment B on Q { b }'),
  );

  const written = parse(operationText({ definition, fragments }));

  expect(written.definitions.map((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? one.name.value : one.kind))).toEqual(
    [Kind.OPERATION_DEFINITION, 'A'],
  );
});
