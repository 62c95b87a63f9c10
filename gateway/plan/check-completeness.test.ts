import { describe, expect, it } from '@jest/globals';
import { composeServices } from '@apollo/composition';
import { buildASTSchema, parse } from 'graphql';
import { createCompletenessCheck } from './check-completeness.ts';
import type { CompiledPlan, EntityBatch, EntityTarget, FetchNode, Path, RootTarget } from './compiled-plan.ts';
import { definitionsOf } from './parse-once.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@inaccessible", "@interfaceObject"])`;

const check = createCompletenessCheck(
  buildASTSchema(
    parse(
      supergraph({
        wards: `
          type Query { ward: Ward wards: [Ward] place: Place shared: Place @shareable }
          interface Place @key(fields: "id") { id: ID! name: String next: Place }
          type Ward implements Place @key(fields: "id") { id: ID! name: String next: Place beds: Int head: Person }
          type Clinic implements Place @key(fields: "id") { id: ID! name: String next: Place hours: String head: Person }
          type Vault implements Place @key(fields: "id") @inaccessible { id: ID! name: String next: Place }
          type Person @key(fields: "id") { id: ID! age: Int }`,
        ratings: `
          type Query { rated: Place best: Rated }
          union Rated = Person
          type Place @key(fields: "id") @interfaceObject { id: ID! stars: Int }
          type Person @key(fields: "id") { id: ID! phone: String }`,
        staff: `
          type Query { carer: Rated shared: Place @shareable }
          union Rated = Person | Robot
          interface Place { id: ID! }
          type Ward implements Place @key(fields: "id") { id: ID! nurses: Int }
          type Person @key(fields: "id") { id: ID! pager: String }
          type Robot { model: String }`,
      }),
    ),
    { assumeValidSDL: true },
  ),
);

describe('the check that a plan is complete', () => {
  it('finds a field that nobody is asked for, at any depth', () => {
    const plan = planOf(fetch('wards', '{ ward { id } }'));

    expect(refusalOf(plan, '{ ward { id } place { id } }')).toBe('the plan asks nobody for place of Query');
    expect(refusalOf(plan, '{ ward { id beds } }')).toBe('the plan asks nobody for ward.beds of Ward');
    expect(refusalOf({ root: undefined }, '{ ward { id } }')).toBe('the plan asks nobody for ward of Query');
  });

  it('lets pass what a lookup of entities, a clause or a renaming brings', () => {
    const entities = lookUp(
      'wards',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ...Rest } } fragment Rest on Ward { head { age_0: age } }',
      {
        paths: [[{ kind: 'key', key: 'wards' }, { kind: 'items' }]],
        types: ['Ward'],
        outputRewrites: [
          { kind: 'rename', path: [type('Ward'), { kind: 'key', key: 'head' }], from: 'age_0', to: 'age' },
        ],
      },
    );
    const clause: CompiledPlan['root'] = {
      kind: 'condition',
      variable: 'isWanted',
      ifTrue: entities,
      ifFalse: undefined,
    };

    const plan = planOf(fetch('wards', '{ wards { id } }'), clause);

    expect(refusalOf(plan, '{ wards { __typename id ... { head { age } } } }')).toBeUndefined();
    expect(refusalOf(plan, '{ wards { head { age_0: age } } }')).toBe(
      'the plan asks nobody for wards.head.age_0 of Person',
    );
  });

  it('finds a field that somebody is asked for, of another type or at another place', () => {
    const start = fetch('ratings', '{ rated { __typename id } }');
    const stars = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Place { stars } } }';
    const paths: Path[] = [[{ kind: 'key', key: 'rated' }]];
    const ofClinic = planOf(start, lookUp('ratings', stars, { paths, types: ['Clinic'] }));
    const ofWardByPath = planOf(
      start,
      lookUp('ratings', stars, {
        paths: [[{ kind: 'key', key: 'rated' }, type('Ward')]],
        types: ['Place', 'Ward', 'Clinic'],
      }),
    );
    const elsewhere = planOf(
      fetch('ratings', '{ rated { id } }'),
      lookUp('ratings', stars, { paths: [[{ kind: 'key', key: 'place' }]], types: ['Ward'] }),
    );

    const operation = '{ rated { ... on Ward { stars } } }';
    expect(refusalOf(ofClinic, operation)).toBe('the plan asks nobody for rated.stars of Ward');
    expect(refusalOf(ofClinic, '{ rated { ... on Clinic { stars } } }')).toBeUndefined();
    expect(refusalOf(ofWardByPath, operation)).toBeUndefined();
    expect(refusalOf(ofWardByPath, '{ rated { stars } }')).toBe('the plan asks nobody for rated.stars of Clinic');
    expect(refusalOf(elsewhere, operation)).toBe('the plan asks nobody for rated.stars of Ward');
  });

  it('keeps apart what stands below objects of several types', () => {
    const plan = planOf(fetch('wards', '{ place { ... on Ward { head { id age } } ... on Clinic { head { id } } } }'));

    expect(refusalOf(plan, '{ place { ... on Ward { head { age } } ... on Clinic { head { id } } } }')).toBeUndefined();
    expect(refusalOf(plan, '{ place { ... on Ward { head { id } } ... on Clinic { head { age } } } }')).toBe(
      'the plan asks nobody for place.head.age of Person',
    );
  });

  it('asks for no type that the subgraph cannot return there, and for none that clients cannot see', () => {
    const ofPerson = fetch('ratings', '{ best { ... on Person { phone } } }');
    const byStaff = fetch('staff', '{ carer { __typename ... on Person { pager } } }');

    expect(refusalOf(planOf(ofPerson), '{ best { ... on Person { phone } ... on Robot { model } } }')).toBeUndefined();
    expect(refusalOf(planOf(byStaff), '{ carer { ... on Person { pager } ... on Robot { model } } }')).toBe(
      'the plan asks nobody for carer.model of Robot',
    );
    expect(
      refusalOf(
        planOf(fetch('wards', '{ place { __typename ... on Ward { name } ... on Clinic { name } } }')),
        '{ place { name } }',
      ),
    ).toBeUndefined();
  });

  it('takes a type condition for what the subgraph knows by it, not for what the supergraph does', () => {
    const plan = planOf(
      fetch('wards', '{ shared { __typename ... on Ward { id name } ... on Clinic { id } } }'),
      fetch('staff', '{ shared { ... on Place { id } } }'),
    );

    expect(refusalOf(plan, '{ shared { id } }')).toBeUndefined();
    expect(
      refusalOf(
        planOf(fetch('wards', '{ shared { ... on Ward { id } } }'), fetch('staff', '{ shared { id } }')),
        '{ shared { id } }',
      ),
    ).toBe('the plan asks nobody for shared.id of Clinic');
  });

  it('does not take twice the time for each level of objects of several types', () => {
    const nested = `${'next { '.repeat(22)} name ${'} '.repeat(22)}`;

    expect(refusalOf(planOf(fetch('wards', `{ place { ${nested} } }`)), `{ place { ${nested} } }`)).toBeUndefined();
  });
});

function refusalOf(plan: CompiledPlan, operation: string): string | undefined {
  const { operation: definition, fragments } = definitionsOf(parse(operation));
  try {
    check(plan, { definition, fragments });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function type(...names: string[]): Path[number] {
  return { kind: 'type', types: new Set(names) };
}

function fetch(subgraph: string, document: string, target?: EntityTarget): FetchNode {
  const root: RootTarget = { kind: 'root', path: [], keys: [], outputRewrites: [] };
  return {
    kind: 'fetch',
    subgraph,
    operation: 'query',
    document,
    operationName: undefined,
    variables: [],
    target: target ?? root,
  };
}

function lookUp(
  subgraph: string,
  document: string,
  { types, ...batch }: Pick<EntityBatch, 'paths'> & Partial<EntityBatch> & { readonly types: readonly string[] },
): FetchNode {
  const requires: EntityBatch['requires'] = [{ kind: 'fragment', types: new Set(types), selections: [] }];
  const rest = { requires, inputRewrites: [], outputRewrites: [], representations: 'r' };
  return fetch(subgraph, document, { kind: 'entities', batches: [{ responseKey: '_entities', ...rest, ...batch }] });
}

function planOf(...nodes: NonNullable<CompiledPlan['root']>[]): CompiledPlan {
  return { root: { kind: 'sequence', nodes } };
}

function supergraph(subgraphs: Readonly<Record<string, string>>): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({ name, typeDefs: parse(`${LINK} ${sdl}`) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.join('\n'));
  return supergraphSdl;
}
