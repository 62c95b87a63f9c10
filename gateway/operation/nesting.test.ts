import { expect, it } from '@jest/globals';
import { isNestedDeeper, isValueNestedDeeper } from './nesting.ts';

it.each([
  ['{ a(b: [1]) { c } }', 3, false],
  ['{ a(b: [{ c: [1] }]) }', 3, true],
  ['{ a(b: "{{{{ \\" [[[[") }', 2, false],
  ['{ a(b: """ {{{{ \\""" " [[[[ """) }', 2, false],
  ['{ a # {{{{ " \n }', 1, false],
  ['{ a } }}}} { b }', 1, false],
  ['"'.repeat(6) + '{{', 1, true],
  ['"never closed {{{', 1, false],
])('of %j says whether its brackets are more than %d deep: %s', (text, levels, isDeeper) => {
  expect(isNestedDeeper(text, levels)).toBe(isDeeper);
});

it('reads a long hostile text in one walk', () => {
  expect(isNestedDeeper('"\\'.repeat(200_000), 10)).toBe(false);
  expect(isNestedDeeper('['.repeat(1_000_000), 10)).toBe(true);
});

it.each([
  [{ a: [1, { b: 2 }] }, 3, false],
  [{ a: [1, { b: 2 }] }, 2, true],
  [null, 0, false],
  ['text', 0, false],
])('of the value %j says whether it is more than %d deep: %s', (value, levels, isDeeper) => {
  expect(isValueNestedDeeper(value, levels)).toBe(isDeeper);
});

it('judges a value that no recursion could walk', () => {
  let value: unknown = 1;
  for (let level = 0; level < 300_000; level += 1) value = [value];

  expect(isValueNestedDeeper(value, 50)).toBe(true);
});
