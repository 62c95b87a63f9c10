import { describe, expect, it } from '@jest/globals';
import { createNulledPlaces } from './nulled-places.ts';
import type { ResultPath } from './places.ts';
import type { LocatedError } from './result-tree.ts';

const NOBODY = { doctors: [{ name: 'Ada' }, null] };

describe('the places where the client has null', () => {
  it('are those where a piece has null on the way to an error, and all below', () => {
    const { note, has } = createNulledPlaces();

    note([{ path: ['me'], data: JSON.stringify(NOBODY) }], [errorAt(['me', 'doctors', 1, 'fee'])]);

    const paths: ResultPath[] = [['me', 'doctors', 1], ['me', 'doctors', 1, 'home'], ['me', 'doctors', 0], ['me'], []];
    expect(paths.map(has)).toEqual([true, true, false, false, false]);
  });

  it('are those of earlier errors, too, which no piece tells of again', () => {
    const { note, has } = createNulledPlaces();
    const told = [errorAt(['me', 'doctor', 'fee'])];

    note([{ path: ['you'], data: '{"doctor":null}' }], told);
    expect(has(['me', 'doctor'])).toBe(false);

    note([{ path: ['me'], data: '{"doctor":null}' }], told);
    expect(has(['me', 'doctor'])).toBe(true);
  });

  it('are none any more when a later piece has an object there', () => {
    const { note, has } = createNulledPlaces();
    const told = [errorAt(['me', 'doctor', 'fee'])];
    note([{ path: ['me'], data: '{"doctor":null}' }], told);

    note([{ path: ['me'], data: '{"name":"Ada"}' }], told);
    expect(has(['me', 'doctor'])).toBe(true);

    note([{ path: ['me'], data: '{"doctor":{}}' }], told);
    expect(has(['me', 'doctor'])).toBe(false);
  });

  it('are none where a fragment is null as a whole, or a value that may be null', () => {
    const { note, has } = createNulledPlaces();

    note([{ path: ['me'], data: 'null' }], [errorAt(['me', 'fee'])]);
    note([{ path: ['you'], data: '{"doctor":null}' }], [errorAt(['you', 'fee'])]);

    expect([['me'], ['you', 'doctor']].map((path) => has(path))).toEqual([false, false]);
  });

  it('are found for a list of any length', () => {
    const { note, has } = createNulledPlaces();
    const told = Array.from({ length: 10_000 }, (_, index) => errorAt(['items', index, 'owner', 'fee']));
    const pieces = told.map((_, index) => ({ path: ['items', index], data: '{"owner":null}' }));

    note(pieces, told);
    const found = pieces.filter(({ path }) => has([...path, 'owner']));

    expect(found).toHaveLength(10_000);
  });
});

function errorAt(path: ResultPath): LocatedError {
  return { message: 'no', path, extensions: undefined };
}
