import { describe, expect, it } from '@jest/globals';
import type { EntityBatch, RequiredSelection } from '../plan/compiled-plan.ts';
import { collectEntities } from './representations.ts';
import type { ResultObject } from './result-tree.ts';
import { SharedObjects } from './shared-objects.ts';

const field = (key: string, selections?: readonly RequiredSelection[]): RequiredSelection => ({
  kind: 'field',
  key,
  name: key,
  selections,
});
const on = (name: string, ...selections: RequiredSelection[]): RequiredSelection => ({
  kind: 'fragment',
  types: new Set([name]),
  selections,
});
const batchOf = (requires: readonly RequiredSelection[], more: Partial<EntityBatch> = {}): EntityBatch => ({
  responseKey: '_entities',
  representations: 'representations',
  paths: [[{ kind: 'key', key: 'items' }, { kind: 'items' }]],
  requires,
  inputRewrites: [],
  outputRewrites: [],
  ...more,
});
const BY_ID = [on('Item', field('__typename'), field('id'))];
const item = (id: unknown, rest: object = {}) => ({ __typename: 'Item', id, ...rest });

/** The representations, and for each path those of its objects in turn. */
function collected(tree: ResultObject, batch: EntityBatch): { representations: unknown[]; indexes: unknown[] } {
  const { representations, places } = collectEntities({ tree }, batch);
  return {
    representations: JSON.parse(`[${representations}]`) as unknown[],
    indexes: places.map(({ indexes }) => indexes),
  };
}

describe('collectEntities', () => {
  it('takes equal keys once, whatever else differs', () => {
    const tree = { items: [item('1', { name: 'a' }), item('2'), item('1', { name: 'b' })] };

    const { representations, indexes } = collected(tree, batchOf(BY_ID));

    expect(representations).toEqual([item('1'), item('2')]);
    expect(indexes).toEqual([[0, 1, 0]]);
  });

  it('escapes what has to be, wherever it is not known that nothing has', () => {
    const tree = { items: [item('a"b\\'), item('a"b\\'), item('plain')] };

    expect(collected(tree, batchOf(BY_ID))).toEqual({
      representations: [item('a"b\\'), item('plain')],
      indexes: [[0, 0, 1]],
    });
    expect(collectEntities({ tree: { items: [item('plain')] }, isPlain: true }, batchOf(BY_ID)).representations).toBe(
      '{"__typename":"Item","id":"plain"}',
    );
  });

  it('keeps a number and a text apart', () => {
    expect(collected({ items: [item('1'), item(1)] }, batchOf(BY_ID)).representations).toHaveLength(2);
  });

  it('tells what lacks a key from what has one that is no text', () => {
    const tree = { items: [item('1'), item(undefined), item(1), { __typename: 'Other', id: '2' }, item(null)] };

    const entities = collectEntities({ tree }, batchOf(BY_ID));

    expect(entities.texts().map((text) => JSON.parse(text) as unknown)).toEqual([item('1'), item(1), item(null)]);
    expect(entities.places[0]?.keys).toEqual([0, 2, 4]);
    expect([...entities.lacking]).toEqual(['Item']);
    expect([...collectEntities({ tree: { items: [item('1'), item(undefined)] } }, batchOf(BY_ID)).lacking]).toEqual([
      'Item',
    ]);
  });

  it('knows when none stands for two places', () => {
    const isEachOnce = (items: readonly object[], more?: Partial<EntityBatch>): boolean =>
      collectEntities({ tree: { items, other: item('1') } }, batchOf(BY_ID, more)).isEachOnce;

    expect(isEachOnce([item('1'), item('2')])).toBe(true);
    expect(isEachOnce([item('1'), item('2'), item('1')])).toBe(false);
    expect(isEachOnce([item('1')], { paths: [...batchOf([]).paths, [{ kind: 'key', key: 'other' }]] })).toBe(false);
  });

  it('leaves out what lacks a field, deep within lists too, and keeps what has null for it', () => {
    const requires = [on('Item', field('__typename'), field('id'), field('parts', [field('size')]))];
    const tree = {
      items: [
        item('1', { parts: [{ size: 1 }, null, { size: null }] }),
        item('2', { parts: [{ size: 1 }, {}] }),
        item('3'),
        item(null, { parts: null }),
        { __typename: 'Other', id: '5', parts: [] },
      ],
    };

    const { representations, indexes } = collected(tree, batchOf(requires));

    expect(representations).toEqual([
      item('1', { parts: [{ size: 1 }, null, { size: null }] }),
      item(null, { parts: null }),
    ]);
    expect(indexes).toEqual([[0, 1]]);
  });

  it('leaves out what lacks a field of an object within, where fragments tell by its type which', () => {
    const account = field('account', [
      on('Free', field('tier')),
      on('Paid', field('tier')),
      on('Paid', field('balance')),
    ]);
    const of = (object: object) => item('1', { account: object });
    const tree = {
      items: [{ __typename: 'Free' }, { __typename: 'Paid', tier: 1 }, { __typename: 'Free', tier: 2 }].map(of),
    };

    const { representations } = collected(tree, batchOf([on('Item', field('__typename'), account)]));

    expect(representations).toEqual([{ __typename: 'Item', account: { tier: 2 } }]);
  });

  it('says what is lacking by every name that a subgraph may know it by, where a part of it is there', () => {
    const requires = [{ ...on('Item', field('id'), field('title')), types: new Set(['Media', 'Item']) }];
    const lackingOf = (object: object) => [
      ...collectEntities({ tree: { items: [object] } }, batchOf(requires)).lacking,
    ];

    expect(lackingOf(item('1'))).toEqual(['Media', 'Item']);
    expect(lackingOf({ __typename: 'Item' })).toEqual(['Item']);
    expect(lackingOf({ __typename: 'Other', id: '1' })).toEqual([]);
  });

  it('shares representations between the paths of a batch, each with its own objects', () => {
    const paths = [[{ kind: 'key', key: 'one' } as const], [{ kind: 'key', key: 'other' } as const]];

    const { representations, indexes } = collected({ one: item('1'), other: item('1') }, batchOf(BY_ID, { paths }));

    expect(representations).toEqual([item('1')]);
    expect(indexes).toEqual([[0], [0]]);
  });

  it('sends a field under the name that the subgraph knows', () => {
    const requires = [on('Item', field('__typename'), { ...field('_alias'), name: 'weight' } as RequiredSelection)];

    const { representations } = collected({ items: [item('1', { _alias: 7, weight: 8 })] }, batchOf(requires));

    expect(representations).toEqual([{ __typename: 'Item', weight: 7 }]);
  });

  it('rewrites representations before it compares them, and never the result', () => {
    const tree = {
      items: [
        { __typename: 'Book', id: '1' },
        { __typename: 'Film', id: '1' },
      ],
    };
    const requires = [on('Book', field('__typename'), field('id')), on('Film', field('__typename'), field('id'))];
    const inputRewrites = [{ kind: 'set', path: [], key: '__typename', value: 'Media' } as const];

    const { representations, indexes } = collected(tree, batchOf(requires, { inputRewrites }));

    expect(representations).toEqual([{ __typename: 'Media', id: '1' }]);
    expect(indexes).toEqual([[0, 0]]);
    expect(tree.items.map(({ __typename }) => __typename)).toEqual(['Book', 'Film']);
  });

  it('takes nothing that is inherited', () => {
    const requires = [on('Item', field('__typename'), field('constructor'))];

    expect(collected({ items: [item('1')] }, batchOf(requires)).representations).toEqual([]);
  });

  it('puts one object in the place of all that are references at one path, and nothing more, where that can be told', () => {
    const placesOf = (requires: readonly RequiredSelection[], more?: Partial<EntityBatch>, mayShare = true) => {
      const items = [item('1', { parts: [] }), item('1', { parts: [] }), item('2'), item('3'), item('3'), item('3')];
      const tree = { items, other: item('3') };
      const shared = new SharedObjects();
      const { places } = collectEntities({ tree, shared, mayShare }, batchOf(requires, more));
      const firstPlaces = items.map((object) => items.indexOf(object));
      return { firstPlaces, shared: shared.all(), places: places.map(({ keys }) => keys), other: tree.other };
    };
    const apart = [0, 1, 2, 3, 4, 5];
    const paths = [...batchOf([]).paths, [{ kind: 'key', key: 'other' } as const]];

    expect(placesOf(BY_ID)).toMatchObject({
      firstPlaces: [0, 1, 2, 3, 3, 3],
      shared: [item('3')],
      places: [[0, 1, 2, 3]],
    });
    const onTwoPaths = placesOf(BY_ID, { paths });
    expect(onTwoPaths.places).toEqual([[0, 1, 2, 3], ['other']]);
    expect(onTwoPaths.shared).not.toContain(onTwoPaths.other);
    expect(placesOf(BY_ID, {}, false)).toMatchObject({ firstPlaces: apart, shared: [], places: [apart] });
    for (const requires of [
      [on('Item', field('__typename'), field('id'), field('parts', []))],
      [on('Item', field('__typename'), { ...field('id'), name: 'key' } as RequiredSelection)],
    ])
      expect(placesOf(requires)).toMatchObject({ firstPlaces: apart, shared: [] });
    const inputRewrites = [{ kind: 'set', path: [], key: '__typename', value: 'Media' } as const];
    expect(placesOf(BY_ID, { inputRewrites })).toMatchObject({ firstPlaces: apart, shared: [] });
  });

  it('goes on to tell references apart that other texts than the key tell apart', () => {
    const requires = [on('Item', field('__typename'), field('id'), field('size'))];
    const items = [item('1', { size: 1 }), item('1', { size: 2 }), item('1', { size: 1 })];
    const shared = new SharedObjects();

    const { representations } = collectEntities({ tree: { items }, shared, mayShare: true }, batchOf(requires));

    expect(JSON.parse(`[${representations}]`)).toEqual([item('1', { size: 1 }), item('1', { size: 2 })]);
    expect(items.map((object) => items.indexOf(object))).toEqual([0, 1, 0]);
  });
});
