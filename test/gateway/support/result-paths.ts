import type { PathSegment } from '../../../gateway/plan/compiled-plan.ts';

export const items: PathSegment = { kind: 'items' };
export const key = (name: string): PathSegment => ({ kind: 'key', key: name });
export const type = (...names: string[]): PathSegment => ({ kind: 'type', types: new Set(names) });

/** A result with lists in a list, nulls, and what is no object. */
export const ROWS_OF_PETS = {
  rows: [
    [{ __typename: 'Cat', pet: { id: 1 } }, null],
    null,
    [{ __typename: 'Dog', pet: { id: 2 } }, { pet: { id: 3 } }, 'odd', { __typename: 'Cat', pet: null }],
  ],
};
