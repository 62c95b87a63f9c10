import { describe, expect, it } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import type { CompiledPlan, EntityBatch, RequiredSelection } from './compiled-plan.ts';
import { createSendByKeys } from './send-by-keys.ts';

const sendByKeys = createSendByKeys(
  buildASTSchema(
    parse(`
      enum join__Graph {
        WARDS @join__graph(name: "wards", url: "") BEDS @join__graph(name: "beds", url: "") RATINGS @join__graph(name: "ratings", url: "")
      }
      type Query { bed: Bed }
      interface Place
        @join__type(graph: BEDS, key: "id")
        @join__type(graph: RATINGS, key: "id", isInterfaceObject: true)
      { id: ID! }
      type Bed implements Place
        @join__type(graph: WARDS, key: "id", resolvable: false)
        @join__type(graph: WARDS, key: "id at { floor room }")
        @join__type(graph: BEDS, key: "id")
        @join__type(graph: BEDS, key: "at { floor room }")
      { id: ID! at: At }
      type Cot implements Place @join__type(graph: BEDS, key: "id") { id: ID! }
      type At { floor: Int room: Int }
    `),
    { assumeValidSDL: true },
  ),
);

const ID = field('id');
const AT = field('at', [field('floor'), field('room')]);
const AS_PLACE = { kind: 'set', path: [type('Bed', 'Cot')], key: '__typename', value: 'Place' } as const;

describe('sending entities by their keys', () => {
  it('refuses a part of a key where the whole is needed, a key that the subgraph cannot look up, and a name without a key', () => {
    expect(() => sent('wards', [on(['Bed'], ID, field('at', [field('floor')]))])).toThrow('no key of Bed');
    expect(() => sent('wards', [on(['Bed'], ID)])).toThrow('the plan sends "wards" no key of Bed');
    expect(() => sent('ratings', [on(['Cot'], ID)])).toThrow('the plan sends "ratings" no key of Cot');
  });

  it('leaves as it is what has whole keys, also in parts or by the name of an interface', () => {
    for (const [subgraph, requires, rewrites] of [
      ['wards', [on(['Bed'], ID, AT)], []],
      ['wards', [on(['Bed'], ID), on(['Bed'], AT)], []],
      ['beds', [on(['Bed', 'Cot', 'Place'], ID)], []],
      ['ratings', [on(['Bed', 'Cot'], ID)], [AS_PLACE]],
    ] as const) {
      const batch = sent(subgraph, requires, rewrites);

      expect(batch.requires).toEqual(requires);
      expect(batch.inputRewrites).toEqual(rewrites);
    }
  });

  it('does not send the types of which it would send no key, for which a subgraph may refuse the others', () => {
    const batch = sent('ratings', [on(['Bed'], ID), on(['Bed', 'Cot', 'Place'], AT)], [AS_PLACE]);

    expect(batch.requires).toEqual([on(['Bed'], ID), on(['Bed'], AT)]);
  });

  it('calls an object what it is where it has a key as that alone, or may have that alone when the plan runs', () => {
    const alone = sent('beds', [on(['Bed'], AT)], [AS_PLACE]);
    const beside = sent('beds', [on(['Bed'], AT), on(['Bed', 'Cot'], ID)], [AS_PLACE]);

    for (const { inputRewrites } of [alone, beside])
      expect(inputRewrites).toEqual([{ ...AS_PLACE, path: [type('Cot')] }]);
    expect(beside.requires).toEqual([on(['Bed'], AT), on(['Bed', 'Cot'], ID)]);
  });
});

function field(name: string, selections?: readonly RequiredSelection[]): RequiredSelection {
  return { kind: 'field', key: name, name, selections };
}

function on(types: readonly string[], ...selections: RequiredSelection[]): RequiredSelection {
  return { kind: 'fragment', types: new Set(types), selections };
}

function type(...types: string[]) {
  return { kind: 'type', types: new Set(types) } as const;
}

/** The batch as it is sent. */
function sent(
  subgraph: string,
  requires: EntityBatch['requires'],
  inputRewrites: EntityBatch['inputRewrites'] = [],
): EntityBatch {
  const names = { responseKey: '_entities', representations: 'representations' };
  const batch = { ...names, paths: [[]], requires, inputRewrites, outputRewrites: [] };
  const request = { kind: 'fetch', operation: 'query', document: '', operationName: undefined, variables: [] } as const;
  const plan: CompiledPlan = { root: { ...request, subgraph, target: { kind: 'entities', batches: [batch] } } };
  const { root } = sendByKeys(plan);
  if (root?.kind !== 'fetch' || root.target.kind !== 'entities' || root.target.batches[0] === undefined)
    throw new Error('the plan is another one');
  return root.target.batches[0];
}
