import { describe, expect, it } from '@jest/globals';
import { IRRECONCILABLE } from './irreconcilable.ts';
import { copyOf, merge, setOwn, type MergeRules } from './merge.ts';
import type { ResultObject } from './result-tree.ts';
import { SharedObjects } from './shared-objects.ts';

describe('merge', () => {
  it('adds keys, goes into objects and lists of equal length, and leaves the rest', () => {
    const target = { id: '1', owner: { id: 'o' }, items: [{ a: 1 }, null, { a: 3 }] };

    merge(target, { owner: { name: 'Ada' }, items: [{ b: 1 }, null, { b: 3 }], extra: null });

    expect(target).toEqual({
      id: '1',
      owner: { id: 'o', name: 'Ada' },
      items: [{ a: 1, b: 1 }, null, { a: 3, b: 3 }],
      extra: null,
    });
  });

  it('takes the later of two scalars, and of a null and a value the value', () => {
    const target = { value: 1, tags: ['a'], object: { a: 1 }, list: null, none: null };

    merge(target, { value: 2, tags: ['b'], object: null, list: [3], none: null });

    expect(target).toEqual({ value: 2, tags: ['b'], object: { a: 1 }, list: [3], none: null });
  });

  it.each([
    ['lists of different lengths', [1, 2], [3]],
    ['a list and an object', [1], { 0: 1 }],
    ['an object and a scalar', { a: 1 }, 'a'],
    ['objects of different types', { __typename: 'Book', id: 1 }, { __typename: 'Film', id: 1 }],
  ])('takes neither of %s, whichever comes last, and whatever comes then', (_, one, other) => {
    const results = [
      [one, other],
      [other, one],
      [one, other, one],
    ].map((values) => {
      const [target, rules]: [ResultObject, MergeRules] = [{}, {}];
      for (const value of values) merge(target, structuredClone({ value, items: [value] }), rules);
      return { target, rules };
    });

    for (const { target, rules } of results) {
      expect(target).toEqual({ value: IRRECONCILABLE, items: [IRRECONCILABLE] });
      expect(rules.conflicts).toBe(2);
    }
  });

  it('keeps what others found where what is deferred asks again, but mixes nothing of its own', () => {
    const own = '_rows_0123456789ab';
    const target = { rows: [{ id: 1 }], name: 'a', [own]: [{ id: 1 }] };

    merge(target, { rows: [], name: null, [own]: [] }, { isLater: true });

    expect(target).toEqual({ rows: [{ id: 1 }], name: 'a', [own]: IRRECONCILABLE });
  });

  it('takes `__proto__` for a key like any other', () => {
    const target: ResultObject = {};

    merge(target, JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}') as ResultObject);

    expect(Object.keys(target)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    expect('isAdmin' in target).toBe(false);
  });
});

describe('copyOf', () => {
  it('shares no object and no list with what it copies', () => {
    const original = JSON.parse('{"__proto__":{"a":[{"b":1}]},"c":null}') as ResultObject;

    const copy = copyOf(original);

    expect(JSON.stringify(copy)).toBe(JSON.stringify(original));
    merge(copy, JSON.parse('{"__proto__":{"a":[{"b":2}]}}') as ResultObject);
    expect(JSON.stringify(original)).toBe('{"__proto__":{"a":[{"b":1}]},"c":null}');
  });
});

describe('setOwn', () => {
  it('sets nothing on the prototype', () => {
    const object: ResultObject = {};

    setOwn(object, '__proto__', null);

    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(JSON.stringify(object)).toBe('{"__proto__":null}');
  });

  it('keeps the type that an object is of when another subgraph knows its interface alone', () => {
    const interfaces = new Set(['Media']);
    const book = { __typename: 'Book', sequel: { __typename: 'Media' } };

    merge(book, { __typename: 'Media', sequel: { __typename: 'Film' } }, { interfaces });

    expect(book).toEqual({ __typename: 'Book', sequel: { __typename: 'Film' } });
  });

  it('keeps what is meant for one place out of an object that stands at others too', () => {
    const author = { id: 'a', tags: [{ x: 1 }] };
    const books = [{ author }, { author }];
    const shared = new SharedObjects();
    shared.add(author, 2);

    merge({ books }, { books: [{ author: { role: 'writer', tags: [{ y: 2 }] } }, {}] }, { shared });

    expect(books[0]?.author).toEqual({ id: 'a', role: 'writer', tags: [{ x: 1, y: 2 }] });
    expect(books[1]?.author).toBe(author);
    expect(author).toEqual({ id: 'a', tags: [{ x: 1 }] });
  });
});
