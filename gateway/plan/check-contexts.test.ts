import { describe, expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { buildASTSchema, parse } from 'graphql';
import { createContextCheck } from './check-contexts.ts';
import type { CompiledPlan, ContextLookup, FetchNode, Path } from './compiled-plan.ts';
import { definitionsOf } from './parse-once.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@context", "@fromContext"])`;

const check = createContextCheck(
  buildASTSchema(
    parse(
      supergraph({
        wards: `
          type Query { house: House }
          type House @key(fields: "id") { id: ID! unit: String units(in: Int): String ward: Ward }
          type Ward @key(fields: "id") { id: ID! unit: String bed: Bed }
          type Bed @key(fields: "id") { id: ID! }`,
        beds: `
          type House @key(fields: "id", resolvable: false) @context(name: "place") @context(name: "house") {
            id: ID! unit: String @external units(in: Int): String @external
          }
          type Ward @key(fields: "id", resolvable: false) @context(name: "place") { id: ID! unit: String @external }
          type Bed @key(fields: "id") {
            id: ID! length(unit: String @fromContext(field: "$place { unit }")): String lamp: Lamp weight: Int
          }
          type Lamp @key(fields: "id") {
            id: ID! wire(unit: String @fromContext(field: "$place { unit }")): String
            glow(units: String @fromContext(field: "$house { units(in: 2) }")): String
          }`,
      }),
    ),
    { assumeValidSDL: true },
  ),
);

const OPERATION = '{ house { ward { bed { length } } } }';
const WARD: ContextLookup = { levels: 1, types: new Set(['Ward']), keys: ['unit'] };
const HOUSE: ContextLookup = { levels: 2, types: new Set(['House']), keys: ['unit'] };

describe('the check that contexts are those of the nearest objects', () => {
  it('lets pass what takes its argument from the nearest object', () => {
    expect(refusalOf(planOf('length(unit: $c)', [WARD]))).toBeUndefined();
    expect(refusalOf(planOf('length(unit: $c)', [WARD, HOUSE]))).toBeUndefined();
    expect(refusalOf(planOf('lamp { wire(unit: $c) }', [WARD]), within('lamp { wire }'))).toBeUndefined();
    expect(refusalOf(planOf('weight', []), within('weight'))).toBeUndefined();
  });

  it('finds a field that is asked for without its context, or with a value of the client', () => {
    const refusal = 'the plan asks "beds" for Bed.length without its context';

    expect(refusalOf(planOf('length', []))).toBe(refusal);
    expect(refusalOf(planOf('length(unit: "cm")', [WARD]))).toBe(refusal);
    expect(refusalOf(planOf('length(unit: $other)', [WARD]))).toBe(refusal);
  });

  it('finds a context of another object than the nearest, or another value of it', () => {
    const refusal = 'the plan asks "beds" for Bed.length with another context than the nearest';
    const wrong: readonly (readonly ContextLookup[])[] = [
      [HOUSE],
      [HOUSE, WARD],
      [{ ...WARD, levels: 0 }],
      [{ ...WARD, types: new Set(['House']) }],
      [{ ...WARD, keys: ['id'] }],
      [{ ...WARD, levels: 7 }],
    ];

    for (const lookups of wrong) expect(refusalOf(planOf('length(unit: $c)', lookups))).toBe(refusal);
  });

  it('refuses a context whose value is asked for with arguments, which the plan cannot tell from others', () => {
    const plan = planOf('lamp { glow(units: $c) }', [{ ...HOUSE, levels: 2, keys: ['units'] }]);

    expect(refusalOf(plan, within('lamp { glow }'))).toMatch('another context than the nearest');
  });

  it('refuses what takes a context where the operation does not ask for it', () => {
    expect(refusalOf(planOf('weight length(unit: $c)', [WARD]), within('weight'))).toBe(
      'the plan asks for what depends on contexts where the operation does not',
    );
  });

  it('refuses plans that defer it, and variables of the client that are called like those of contexts', () => {
    const plan = planOf('length(unit: $c)', [WARD]);

    expect(refusalOf({ ...plan, deferred: [] })).toBe('the contexts of a plan that defers cannot be checked');
    for (const taken of ['c', 'c_0', 'r_1'])
      expect(refusalOf(plan, `query ($${taken}: String) ${OPERATION}`)).toBe(
        'a plan in which variables of the client are called like those of contexts cannot be run',
      );
    expect(refusalOf(plan, `query ($cc: String) ${OPERATION}`)).toBeUndefined();
  });
});

function within(selection: string): string {
  return OPERATION.replace('length', selection);
}

/** Asks for the bed by one request, and for something of it by another. */
function planOf(selection: string, lookups: readonly ContextLookup[]): CompiledPlan {
  const path: Path = ['house', 'ward', 'bed'].map((key) => ({ kind: 'key', key }));
  const beds = fetch(
    'beds',
    `query ($r: [_Any!]!, $c: String) { _entities(representations: $r) { ... on Bed { ${selection} } } }`,
    {
      kind: 'entities',
      batches: [
        {
          responseKey: '_entities',
          representations: 'r',
          paths: [path],
          requires: [{ kind: 'fragment', types: new Set(['Bed']), selections: [] }],
          inputRewrites: [],
          outputRewrites: [],
        },
      ],
      contexts: [{ variable: 'c', lookups }],
    },
  );
  const wards = fetch('wards', '{ house { __typename unit ward { __typename unit bed { __typename id } } } }', {
    kind: 'root',
    path: [],
    keys: ['house'],
    outputRewrites: [],
  });
  return { root: { kind: 'sequence', nodes: [wards, beds] } };
}

function fetch(subgraph: string, document: string, target: FetchNode['target']): FetchNode {
  return { kind: 'fetch', subgraph, operation: 'query', document, operationName: undefined, variables: [], target };
}

function refusalOf(plan: CompiledPlan, document = OPERATION): string | undefined {
  const { operation, fragments } = definitionsOf(parse(document));
  try {
    check(plan, { definition: operation, fragments });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function supergraph(subgraphs: Readonly<Record<string, string>>): string {
  const result = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, typeDefs: parse(`${LINK}\n${sdl}`) })),
  );
  if (result.errors !== undefined) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}
