import { describe, expect, it } from '@jest/globals';
import { Kind, parse, print } from 'graphql';
import type { CompiledPlan, FetchNode, PlanNode } from './compiled-plan.ts';
import { planInSeries, type PlannedOperation } from './plan-in-series.ts';

function operationOf(text: string): PlannedOperation {
  const [definition] = parse(text).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return { definition, fragments: new Map() };
}

const fetchOf = (subgraph: string, document: string, keys: readonly string[] = []): FetchNode => ({
  kind: 'fetch',
  subgraph,
  operation: 'mutation',
  document,
  operationName: undefined,
  variables: [],
  target: { kind: 'root', path: [], keys, outputRewrites: [] },
});

/** Plans everything as one fetch of the subgraph that its first field names; `deep` takes a second fetch, `late` fields are asked last. */
async function planOne({ definition }: PlannedOperation): Promise<CompiledPlan> {
  const document = print(definition).replaceAll(/\s+/g, ' ');
  const keys = [...document.matchAll(/[a-z]+_[a-z]+/g)].map(([key]) => key);
  const isLate = (key: string): number => (key.includes('late') ? 1 : 0);
  const asked = keys.toSorted((one, other) => isLate(one) - isLate(other));
  const fetch = fetchOf(/[a-z]+(?=_)/.exec(document)?.[0] ?? '', document, asked);
  const isDeep = document.includes('deep');
  return { root: isDeep ? { kind: 'sequence', nodes: [fetch, fetchOf('other', 'more')] } : fetch };
}

const documentsOf = (node: PlanNode | undefined): unknown => {
  if (node?.kind === 'fetch') return node.document;
  return node?.kind === 'sequence' ? node.nodes.map(documentsOf) : undefined;
};

const planned = async (text: string): Promise<unknown> =>
  documentsOf((await planInSeries(operationOf(text), planOne)).root);

describe('planInSeries', () => {
  it('plans a mutation field by field, all that hangs on one before the next', async () => {
    expect(await planned('mutation { a_x { deep } a_y }')).toEqual([
      ['mutation { a_x { deep } }', 'more'],
      'mutation { a_y }',
    ]);
  });

  it('sends one request where one subgraph does it all', async () => {
    expect(await planned('mutation { a_x a_y }')).toBe('mutation { a_x a_y }');
    expect(await planned('mutation { a_x b_y }')).toEqual(['mutation { a_x }', 'mutation { b_y }']);
  });

  it('does not send one request that has the fields in another order', async () => {
    expect(await planned('mutation { a_x a_late }')).toBe('mutation { a_x a_late }');
    expect(await planned('mutation { a_late a_x }')).toEqual(['mutation { a_late }', 'mutation { a_x }']);
  });

  it('leaves queries, and mutations of one field, as they are', async () => {
    expect(await planned('{ a_x { deep } a_y }')).toEqual(['{ a_x { deep } a_y }', 'more']);
    expect(await planned('mutation { a_x }')).toBe('mutation { a_x }');
  });
});
