import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { GatewayError } from '../errors/gateway-error.ts';
import type { ContextualArgument, EntityTarget, FetchNode } from '../plan/compiled-plan.ts';
import { runPlan } from './run-plan.ts';
import type { Send } from './run.ts';

const key = (name: string) => ({ kind: 'key', key: name }) as const;
const field = (name: string) => ({ kind: 'field', key: name, name, selections: undefined }) as const;

const CONTEXTS: readonly ContextualArgument[] = [
  { variable: 'u', lookups: [{ levels: 1, types: new Set(['Ward']), keys: ['unit'] }] },
  { variable: 't', lookups: [{ levels: 2, types: undefined, keys: ['terms', 'text'] }] },
];

const TARGET: EntityTarget = {
  kind: 'entities',
  batches: [
    {
      responseKey: '_entities',
      representations: 'r',
      paths: [[key('wards'), { kind: 'items' }, key('bed')]],
      requires: [{ kind: 'fragment', types: new Set(['Bed']), selections: [field('__typename'), field('id')] }],
      inputRewrites: [],
      outputRewrites: [],
    },
  ],
  contexts: CONTEXTS,
};

const BEDS: FetchNode = {
  kind: 'fetch',
  subgraph: 'beds',
  operation: 'query',
  operationName: 'Q',
  variables: ['n'],
  target: TARGET,
  document: `
    query Q($r: [_Any!]!, $u: String, $t: [String], $n: Int) { _entities(representations: $r) { ...Rest } }
    fragment Rest on Bed { size(n: $n, unit: $u) lamp { wire(terms: $t) } weight }`,
};

const SCHEMA = buildSchema(`
  scalar _Any
  union _Entity = Bed
  type Query { _entities(representations: [_Any!]!): [_Entity]! }
  type Bed { size(n: Int, unit: String): String lamp: Lamp weight: Int }
  type Lamp { wire(terms: [String]): String }`);

describe('a request for entities with values of the objects above them', () => {
  it('asks for all groups at once, each by variables of its own', async () => {
    const { sent } = await runWith(
      [
        ['cm', 'a'],
        ['in', 'a'],
        ['cm', 'b'],
        ['cm', 'a'],
      ],
      { terms: [{ text: 'x' }, { text: null }] },
    );

    expect(sent.map(({ variables }) => variables)).toEqual([
      {
        ...{ n: 5, r_0: bedsOf('a', 'b'), u_0: 'cm', t_0: ['x', null] },
        ...{ r_1: bedsOf('a'), u_1: 'in', t_1: ['x', null] },
      },
    ]);
    expect(sent.map(({ document }) => validate(SCHEMA, parse(document)))).toEqual([[]]);
  });

  it('does not ask for what takes a value that is not there, and says so where no error does', async () => {
    const { sent, errors, tree } = await runWith([[undefined, 'a']], { terms: null });

    expect(sent.map(({ variables }) => variables)).toEqual([{ n: 5, r_0: bedsOf('a'), t_0: null }]);
    expect(sent[0]?.document).not.toContain('size');
    expect(validate(SCHEMA, parse(sent[0]?.document ?? ''))).toEqual([]);
    expect(errors).toMatchObject([{ path: ['wards'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(tree).toMatchObject({ wards: [{ bed: { weight: 1 } }] });
  });

  it('keeps the objects of which nothing else is asked', async () => {
    const { sent } = await runWith([['cm', 'a']], {});

    expect(sent[0]?.document).toMatch(/lamp {\s+__typename\s+}/);
  });

  it('takes no object for another that does not say what it is', async () => {
    const { sent, errors } = await runWith([['cm', 'a']], { terms: [] }, { __typename: undefined });

    expect(sent[0]?.variables).toEqual({ n: 5, r_0: bedsOf('a'), t_0: [] });
    expect(errors).toHaveLength(1);
  });

  it('tells of a failed request once for each place, however many groups it was for', async () => {
    const gone = new GatewayError('SUBGRAPH_UNAVAILABLE', 'gone', { fault: 'internal' });
    const values = [
      ['cm', 'a'],
      ['in', 'a'],
    ] as const;

    const failed = await runWith(values, { terms: [] }, {}, () => Promise.reject(gone));
    const refused = await runWith(values, { terms: [] }, {}, () =>
      Promise.resolve({ data: null, errors: [{ message: 'no' }], isPlain: true }),
    );

    expect(failed.errors.map(({ path }) => path)).toEqual([['wards']]);
    expect(refused.errors.map(({ path }) => path)).toEqual([['wards']]);
  });
});

function bedsOf(...ids: readonly string[]) {
  return ids.map((id) => ({ __typename: 'Bed', id }));
}

/** Runs a plan over wards of these units and beds; `above` is what stands beside them at the root. */
async function runWith(
  wards: readonly (readonly [unit: string | undefined, bed: string])[],
  above: object,
  more: object = {},
  answer: Send = answerBeds,
) {
  const sent: { document: string; variables: unknown }[] = [];
  const rows = wards.map(([unit, id]) => ({ __typename: 'Ward', unit, bed: { __typename: 'Bed', id }, ...more }));
  const send: Send = async (fetch, variables) => {
    if (fetch.subgraph === 'wards')
      return { data: JSON.parse(JSON.stringify({ wards: rows, ...above })) as never, errors: [], isPlain: true };
    sent.push({ document: fetch.document, variables: JSON.parse(variables) as unknown });
    return answer(fetch, variables);
  };
  const target = { kind: 'root', path: [], keys: ['wards'], outputRewrites: [] } as const;
  const first: FetchNode = { ...BEDS, subgraph: 'wards', document: '{ wards }', variables: [], target };
  const plan = { root: { kind: 'sequence', nodes: [first, BEDS] }, hasContexts: true } as const;
  return { sent, ...(await runPlan(plan, { n: 5 }, send)) };
}

async function answerBeds(_fetch: FetchNode, variables: string): ReturnType<Send> {
  const given = Object.entries(JSON.parse(variables) as Record<string, unknown>);
  const data = Object.fromEntries(
    given.flatMap(([name, list]) =>
      name.startsWith('r_') && Array.isArray(list) ? [[`_${name.slice(2)}`, list.map(() => ({ weight: 1 }))]] : [],
    ),
  );
  return { data, errors: [], isPlain: true };
}
