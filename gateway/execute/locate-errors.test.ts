import { describe, expect, it } from '@jest/globals';
import { GatewayError } from '../errors/gateway-error.ts';
import type { EntityBatch, FetchNode, Path, RootTarget } from '../plan/compiled-plan.ts';
import { entityErrors, failureErrors, rootErrors } from './locate-errors.ts';
import { collectEntities } from './representations.ts';
import type { ResultObject } from './result-tree.ts';

const key = (name: string) => ({ kind: 'key', key: name }) as const;
const items = { kind: 'items' } as const;

const pet = (id: number) => ({ __typename: 'Pet', id });

const ROWS: Path = [key('rows'), items, key('pet')];
const FIRST: Path = [key('first')];

const BATCH: EntityBatch = {
  responseKey: '_e0',
  representations: 'r',
  paths: [ROWS, FIRST],
  requires: [
    {
      kind: 'fragment',
      types: new Set(['Pet']),
      selections: ['__typename', 'id'].map((name) => ({ kind: 'field', key: name, name, selections: undefined })),
    },
  ],
  inputRewrites: [],
  outputRewrites: [{ kind: 'rename', path: [], from: 'name__1', to: 'name' }],
};
const TREE = {
  rows: [{ pet: pet(1) }, null, { pet: null }, { pet: pet(2) }, { pet: pet(1) }],
  first: pet(1),
};
const BATCHED = batchedIn(TREE);
const message = 'no';

function batchedIn(tree: ResultObject) {
  return { batch: BATCH, tree, entities: collectEntities({ tree }, BATCH), partings: 0 };
}

const pathsOf = (errors: readonly { path: unknown }[]): unknown[] => errors.map(({ path }) => path);

describe('entityErrors', () => {
  it('tells an error at every place of its entity, counting list items as the client does', () => {
    const errors = entityErrors([{ message, path: ['_e0', 0, 'tags', 2, 'x'] }], [BATCHED], 'pets');

    expect(pathsOf(errors)).toEqual([
      ['rows', 0, 'pet', 'tags', 2, 'x'],
      ['rows', 4, 'pet', 'tags', 2, 'x'],
      ['first', 'tags', 2, 'x'],
    ]);
    expect(errors.map(({ subgraph }) => subgraph)).toEqual(['pets', 'pets', 'pets']);
  });

  it('gives a renamed field the name that the client knows', () => {
    expect(pathsOf(entityErrors([{ message, path: ['_e0', 1, 'name__1'] }], [BATCHED], 'pets'))).toEqual([
      ['rows', 3, 'pet', 'name'],
    ]);
  });

  it('tells an error without an entity once above the entities of each path', () => {
    for (const path of [undefined, ['_e0'], ['_e0', 7, 'name'], ['_e0', -1], ['else']])
      expect(pathsOf(entityErrors([{ message, ...(path && { path }) }], [BATCHED], 'pets'))).toEqual([
        ['rows'],
        ['first'],
      ]);
    expect(pathsOf(entityErrors([{ message }], [batchedIn({ first: pet(1) })], 'pets'))).toEqual([['first']]);
  });

  it('tells an error that names no lookup above the entities of all', () => {
    const other = {
      ...BATCHED,
      batch: { ...BATCH, responseKey: '_e1', paths: [[{ kind: 'key', key: 'last' }] as Path] },
    };

    expect(pathsOf(entityErrors([{ message }], [BATCHED, other], 'pets'))).toEqual([['rows'], ['first'], ['last']]);
    expect(pathsOf(entityErrors([{ message, path: ['_e1'] }], [BATCHED, other], 'pets'))).toEqual([['last']]);
  });

  it('tells it at a hundred places at most', () => {
    const rows = Array.from({ length: 5_000 }, () => ({ pet: pet(1) }));

    const errors = entityErrors([{ message, path: ['_e0', 0] }], [batchedIn({ rows })], 'pets');

    expect(errors).toHaveLength(100);
  });
});

describe('rootErrors', () => {
  const rootAt = (path: Path): RootTarget => ({ kind: 'root', path, keys: [], outputRewrites: [] });

  it('puts the place of the fetch before the path', () => {
    expect(pathsOf(rootErrors([{ message, path: ['a', 0] }, { message }], rootAt([]), 's'))).toEqual([
      ['a', 0],
      undefined,
    ]);
    expect(pathsOf(rootErrors([{ message, path: ['a'] }], rootAt([key('top')]), 's'))).toEqual([['top', 'a']]);
  });

  it('stays above a list, as it is not known which item is meant', () => {
    expect(pathsOf(rootErrors([{ message, path: ['a'] }], rootAt([key('top'), items]), 's'))).toEqual([['top']]);
  });
});

describe('failureErrors', () => {
  const fetch = (target: FetchNode['target']): FetchNode => ({
    kind: 'fetch',
    subgraph: 's',
    operation: 'query',
    document: '',
    operationName: undefined,
    variables: [],
    target,
  });
  const failure = new GatewayError('SUBGRAPH_TIMEOUT', 'late', { fault: 'internal' });

  it('names each root field that stays empty', () => {
    const errors = failureErrors(fetch({ kind: 'root', path: [], keys: ['a', 'b'], outputRewrites: [] }), failure);

    expect(pathsOf(errors)).toEqual([['a'], ['b']]);
    expect(errors[0]?.extensions).toEqual({ code: 'SUBGRAPH_TIMEOUT' });
  });

  it('is one error for each path of entities, and not for each entity', () => {
    expect(pathsOf(failureErrors(fetch({ kind: 'entities', batches: [BATCH] }), failure))).toEqual([
      ['rows'],
      ['first'],
    ]);
  });
});
