import type { SelectionSetNode } from 'graphql';
import type { PlannedPart } from './planned-parts.ts';

/** A place of the result: what the operation asks for there, and what the plan does. */
export interface Place {
  readonly asked: readonly SelectionSetNode[];
  readonly parts: readonly PlannedPart[];
  readonly path: readonly string[];
}

/**
 * Makes what tells whether a place was seen before: below objects of several types the same is often asked and planned, and looking at
 * each would take a time that doubles with every level.
 */
export function createPlaceMemory(): (place: Place) => boolean {
  const numbers = new Map<unknown, number>();
  const seen = new Set<string>();

  const numberOf = (value: unknown): number => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  };

  // What is left of a path ends with the same segment, so that its length tells the rest.
  const partKey = ({ request, path, types, type, isGiven, selectionSet, renames }: PlannedPart): string =>
    [
      ...[request.subgraph, type, isGiven, numberOf(types), numberOf(selectionSet), path.length, numberOf(path.at(-1))],
      ...renames.flatMap(({ from, to, path: left }) => [from, to, left.length, numberOf(left.at(-1))]),
    ].join(' ');

  return ({ asked, parts }) => {
    const key = `${asked.map(numberOf).join(' ')};${parts.map(partKey).join(';')}`;
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  };
}
