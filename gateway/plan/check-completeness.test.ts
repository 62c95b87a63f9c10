import { describe, expect, it } from '@jest/globals';
import { checkCompleteness } from './check-completeness.ts';
import type { CompiledPlan, EntityTarget, FetchNode, RootTarget } from './compiled-plan.ts';

describe('the check that a plan is complete', () => {
  it('finds a field that nobody is asked for, at any depth', () => {
    const plan = planOf(fetch('{ ward { id } }', ROOT));

    expect(() => {
      checkCompleteness(plan, '{ ward { id } nurse { id } }');
    }).toThrow('asks nobody for nurse');
    expect(() => {
      checkCompleteness(plan, '{ ward { id beds } }');
    }).toThrow('asks nobody for ward.beds');
    expect(() => {
      checkCompleteness({ root: undefined }, '{ ward { id } }');
    }).toThrow('asks nobody for ward');
  });

  it('lets pass what a lookup of entities, a clause or a renaming brings', () => {
    const entities = fetch(
      'query ($r: [_Any!]!) { _e0: _entities(representations: $r) { ...Rest } } fragment Rest on Ward { beds_0: beds }',
      {
        kind: 'entities',
        batches: [
          {
            responseKey: '_e0',
            representations: 'r',
            paths: [[{ kind: 'key', key: 'wards' }, { kind: 'items' }]],
            requires: [],
            inputRewrites: [],
            outputRewrites: [{ kind: 'rename', path: [], from: 'beds_0', to: 'beds' }],
          },
        ],
      },
    );
    const plan: CompiledPlan = {
      root: {
        kind: 'sequence',
        nodes: [
          fetch('{ wards { id } }', ROOT),
          { kind: 'condition', variable: 'isWanted', ifTrue: entities, ifFalse: undefined },
        ],
      },
    };

    expect(() => {
      checkCompleteness(plan, '{ wards { __typename id ... { beds } } }');
    }).not.toThrow();
  });

  it('does not ask for what a directive or a type decides on', () => {
    const plan = planOf(fetch('{ ward { id } }', ROOT));
    const operation =
      '{ ward { id beds @skip(if: true) ... on Clinic { name } ...Rest } } fragment Rest on Clinic { name }';

    expect(() => {
      checkCompleteness(plan, operation);
    }).not.toThrow();
  });
});

const ROOT: RootTarget = { kind: 'root', path: [], keys: ['ward'], outputRewrites: [] };

function fetch(document: string, target: RootTarget | EntityTarget): FetchNode {
  return {
    kind: 'fetch',
    subgraph: 'wards',
    operation: 'query',
    document,
    operationName: undefined,
    variables: [],
    target,
  };
}

function planOf(root: FetchNode): CompiledPlan {
  return { root };
}
