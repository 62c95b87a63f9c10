import { describe, expect, it } from '@jest/globals';
import { copyOf, merge, setOwn } from './merge.ts';
import type { ResultObject } from './result-tree.ts';

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

  it('takes the later answer where the two cannot be one', () => {
    const target = { list: [1, 2], object: { a: 1 }, value: 1 };

    merge(target, { list: [3], object: null, value: { a: 2 } });

    expect(target).toEqual({ list: [3], object: null, value: { a: 2 } });
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
    const shared = new Map([[author, { writtenFor: undefined, text: '' }]]);

    merge({ books }, { books: [{ author: { role: 'writer', tags: [{ y: 2 }] } }, {}] }, { shared });

    expect(books[0]?.author).toEqual({ id: 'a', role: 'writer', tags: [{ x: 1, y: 2 }] });
    expect(books[1]?.author).toBe(author);
    expect(author).toEqual({ id: 'a', tags: [{ x: 1 }] });
  });
});
