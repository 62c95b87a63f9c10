import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { overrideLabels, percentageOf } from './override-percentages.ts';

it('finds the labels of progressive overrides, each once', () => {
  const schema = buildSchema(
    `directive @join__field(graph: String, overrideLabel: String) repeatable on FIELD_DEFINITION
     type Query {
       a: Int @join__field(graph: "x") @join__field(graph: "y", overrideLabel: "percent(5)")
       b: Int @join__field(graph: "y", overrideLabel: "percent(5)")
       c: Int @join__field(graph: "y", overrideLabel: "beta")
     }`,
  );

  expect(overrideLabels(schema)).toEqual(['percent(5)', 'beta']);
});

it.each([
  ['percent(0)', 0],
  ['percent(12.5)', 12.5],
  ['percent(100)', 100],
  ['beta', undefined],
  ['percent(x)', undefined],
])('reads %s', (label, percentage) => {
  expect(percentageOf(label)).toBe(percentage);
});
