import { describe, expect, it } from '@jest/globals';
import { Kind, parse, print, type FragmentDefinitionNode } from 'graphql';
import { asPlanned } from './as-planned.ts';
import { usedFragments } from './used-fragments.ts';

const TYPED = { ofHiddenTypes: new Set(['hiding']), ofAbstractTypes: new Set(['any']) };

function textOf(text: string): string {
  const [definition, ...others] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const fragments = others.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const operation = asPlanned({ definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) }, TYPED);
  return [operation.definition, ...usedFragments(operation)].map(print).join(' ').replaceAll(/\s+/g, ' ');
}

describe('asPlanned', () => {
  it('asks what an object is where it may be of a hidden type, or where all else may be skipped', () => {
    expect(textOf('{ a { b } hiding { b } c { d @skip(if: true) } }')).toBe(
      '{ a { b } hiding { __typename b } c { __typename d @skip(if: true) } }',
    );
  });

  it('asks what an object is where a fragment depends on it', () => {
    expect(textOf('{ any { b ... on T { c } } }')).toBe('{ any { __typename b ... on T { c } } }');
    expect(textOf('{ any { b } a { b ... on T { c } } }')).toBe('{ any { b } a { b ... on T { c } } }');
  });

  it('asks for aliases, and for fields with arguments, under keys of their own', () => {
    const [, aliased = '', given = ''] =
      /^\{ plain (\w+): plain (\w+): field\(x: 1\) \}$/.exec(textOf('{ plain alias: plain field(x: 1) }')) ?? [];

    expect(aliased).toMatch(/^_plain_/);
    expect(given).toMatch(/^_field_/);
  });

  it('asks the planner for no introspection, which the gateway answers itself', () => {
    expect(textOf('{ s: __schema { types { name } } __type(name: "A") { name } a }')).toBe(
      '{ __typename __typename a }',
    );
  });

  it('leaves fragments to themselves that introspection alone uses: planners may not know what the schema says of itself', () => {
    const fragments =
      'fragment A on __Schema { types { ...B } } fragment B on __Type { isOneOf } fragment C on Query { c }';

    expect(textOf(`{ __schema { ...A } ...C } ${fragments}`)).toBe('{ __typename ...C } fragment C on Query { c }');
  });
});
