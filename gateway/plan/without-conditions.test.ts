import { describe, expect, it } from '@jest/globals';
import { Kind, parse, print, type FragmentDefinitionNode } from 'graphql';
import { withoutConditions } from './without-conditions.ts';

function leftOf(text: string, values: Record<string, boolean> = {}): string {
  const [definition, ...others] = parse(text, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const fragments = others.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const operation = { definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) };
  const left = withoutConditions(operation, values);
  return [left.definition, ...left.fragments.values()].map(print).join(' ').replaceAll(/\s+/g, ' ');
}

describe('withoutConditions', () => {
  it('leaves out what is skipped and what is not included, and the directives with it', () => {
    expect(leftOf('{ a @skip(if: true) b @include(if: false) c @skip(if: false) @include(if: true) @other d }')).toBe(
      '{ c @other d }',
    );
  });

  it('goes by the values of variables', () => {
    const text = 'query ($on: Boolean!) { a { b @include(if: $on) c @skip(if: $on) } }';

    expect(leftOf(text, { on: true })).toBe('query ($on: Boolean!) { a { b } }');
    expect(leftOf(text, { on: false })).toBe('query ($on: Boolean!) { a { c } }');
  });

  it('leaves no fragment of which nothing is left', () => {
    const fragments = 'fragment A on T { ...B } fragment B on T { x @skip(if: true) } fragment C on T { y }';

    expect(leftOf(`{ a { y ...A ...C ... on T { ...B } } } ${fragments}`)).toBe(
      '{ a { y ...C } } fragment C on T { y }',
    );
  });

  it('keeps a field of which nothing is left, as its object is still asked for', () => {
    expect(leftOf('{ a { b @skip(if: true) } }')).toBe('{ a }');
  });
});
