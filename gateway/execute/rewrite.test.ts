import { describe, expect, it } from '@jest/globals';
import type { ResultObject } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

const key = (name: string) => ({ kind: 'key', key: name }) as const;

describe('applyRewrites', () => {
  it('renames at every object of a path, through lists and past nulls', () => {
    const answer = { pets: [{ name__1: 'Tom' }, null, {}, { name__1: null }] };

    applyRewrites(answer, [{ kind: 'rename', path: [key('pets')], from: 'name__1', to: 'name' }]);

    expect(JSON.stringify(answer)).toBe('{"pets":[{"name":"Tom"},null,{},{"name":null}]}');
  });

  it('renames objects of the given types alone', () => {
    const answer = [
      { __typename: 'Cat', name__1: 1 },
      { __typename: 'Dog', name__1: 2 },
    ];
    const path = [{ kind: 'type', types: new Set(['Cat']) } as const];

    applyRewrites(answer, [{ kind: 'rename', path, from: 'name__1', to: 'name' }]);

    expect(JSON.stringify(answer)).toBe('[{"__typename":"Cat","name":1},{"__typename":"Dog","name__1":2}]');
  });

  it('sets a value, one that was not there too', () => {
    const representation = { id: '1' };

    applyRewrites(representation, [{ kind: 'set', path: [], key: '__typename', value: 'Media' }]);

    expect(representation).toEqual({ id: '1', __typename: 'Media' });
  });

  it('renames to `__proto__` without touching the prototype', () => {
    const answer: ResultObject = { a: { x: 1 } };

    applyRewrites(answer, [{ kind: 'rename', path: [], from: 'a', to: '__proto__' }]);

    expect(JSON.stringify(answer)).toBe('{"__proto__":{"x":1}}');
    expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
  });
});
