import type { Answer } from '../run/start-oracles.ts';

type Path = readonly (string | number)[];

/** How an answer that came in pieces differs from the right one. */
export interface Comparison {
  /** Undefined where it does not: it may hold more where something fails, as a null goes no further than its fragment, and less, with errors. */
  readonly difference: string | undefined;
  /**
   * Whether something was lost though nothing fails: a subgraph that is asked again for an entity, by its key, does not know it. The
   * made-up ones list some entities that they do not know, and give some whose keys are null.
   */
  readonly hasLost: boolean;
}

/** Compares what the pieces of an answer come to with the right answer. */
export function compareMerged(merged: Answer, right: Answer): Comparison {
  const { errors = [] } = merged;
  const isRightFailing = (right.errors ?? []).length > 0;
  const hasLost = errors.length > 0 && !isRightFailing;
  const difference = (text: string): Comparison => ({ difference: text, hasLost });
  if (errors.length === 0 && isRightFailing) return difference('an error is missing');
  if (hasLost && errors.some(({ extensions }) => extensions?.['code'] !== 'SUBGRAPH_INVALID_RESPONSE'))
    return difference(
      `an error is too much: ${errors.map(({ extensions }) => String(extensions?.['code'])).join(', ')}`,
    );
  const paths = errors.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const found = differenceOf(merged.data ?? null, right.data ?? null, { path: [], paths, isRightFailing });
  return { difference: found, hasLost };
}

interface Place {
  readonly path: Path;
  /** Where errors stand. */
  readonly paths: readonly Path[];
  readonly isRightFailing: boolean;
}

function differenceOf(value: unknown, right: unknown, place: Place): string | undefined {
  const { path, isRightFailing } = place;
  const text = ['data', ...path].join('.');
  if (value === right) return undefined;
  if (value === null || value === undefined) return isExplained(place) ? undefined : `${text} is missing`;
  if (right === null || right === undefined) return isRightFailing ? undefined : `${text} is too much`;
  if (typeof value !== 'object' || typeof right !== 'object') return `${text} is not what it should be`;
  for (const key of new Set([...Object.keys(value), ...Object.keys(right)])) {
    const [inner, rightInner] = [value, right].map((one) => (one as Record<string, unknown>)[key]);
    const at = Array.isArray(value) ? Number(key) : key;
    const difference = differenceOf(inner, rightInner, { ...place, path: [...path, at] });
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Whether an error stands at a place, above it or below it. */
function isExplained({ path, paths }: Place): boolean {
  return paths.some((one) => one.every((key, depth) => depth >= path.length || path[depth] === key));
}
