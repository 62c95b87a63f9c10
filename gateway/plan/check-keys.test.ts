import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { createKeysCheck } from './check-keys.ts';
import type { CompiledPlan, RequiredSelection } from './compiled-plan.ts';

const SCHEMA = buildASTSchema(
  parse(`
    enum join__Graph { WARDS @join__graph(name: "wards", url: "") BEDS @join__graph(name: "beds", url: "") }
    type Query { bed: Bed }
    interface Place { id: ID! }
    type Bed implements Place
      @join__type(graph: WARDS, key: "id", resolvable: false)
      @join__type(graph: WARDS, key: "id at { floor room }")
      @join__type(graph: BEDS, key: "id")
    { id: ID! at: At }
    type At { floor: Int room: Int }
  `),
  { assumeValidSDL: true },
);

describe('the check that entities are sent by a key', () => {
  const check = createKeysCheck(SCHEMA);

  it('finds a part of a key where the whole is needed, and a key that the subgraph cannot look up', () => {
    expect(() => {
      check(sending('wards', [field('id'), field('at', [field('floor')])]));
    }).toThrow('no key of Bed');
    expect(() => {
      check(sending('wards', [field('id')]));
    }).toThrow('the plan sends "wards" no key of Bed');
  });

  it('lets whole keys pass, also in parts', () => {
    const whole = [field('id'), field('at', [field('floor'), field('room')])];

    expect(() => {
      check(sending('wards', whole));
    }).not.toThrow();
    expect(() =>
      check(sending('wards', [{ kind: 'fragment', types: new Set(['Bed']), selections: whole }])),
    ).not.toThrow();
    expect(() => {
      check(sending('beds', [field('id')]));
    }).not.toThrow();
  });
});

function field(name: string, selections?: readonly RequiredSelection[]): RequiredSelection {
  return { kind: 'field', key: name, name, selections };
}

function sending(subgraph: string, selections: readonly RequiredSelection[]): CompiledPlan {
  const batch = {
    responseKey: '_entities',
    representations: 'representations',
    paths: [[]],
    requires: [{ kind: 'fragment', types: new Set(['Bed']), selections }],
    inputRewrites: [],
    outputRewrites: [],
  } as const;
  const request = { kind: 'fetch', operation: 'query', document: '', operationName: undefined, variables: [] } as const;
  return { root: { ...request, subgraph, target: { kind: 'entities', batches: [batch] } } };
}
