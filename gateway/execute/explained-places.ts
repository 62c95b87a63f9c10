import type { LocatedError } from './result-tree.ts';

/** Tells where in a result an error has been given already. */
export interface ExplainedPlaces {
  /** Whether an error stands at the place, above it or below it. */
  readonly has: (path: readonly (string | number)[]) => boolean;
}

interface Place {
  isError: boolean;
  readonly below: Map<string | number, Place>;
}

/**
 * Finds errors by their places. An error without a path stands at the root, above everything. The places are gone through when
 * the first question comes: most results have none.
 */
export function explainedPlaces(errors: readonly LocatedError[]): ExplainedPlaces {
  if (errors.length === 0) return NO_PLACES;
  let root: Place | undefined;
  return {
    has: (path) => {
      root ??= treeOf(errors);
      let place: Place | undefined = root;
      for (const key of path) {
        if (place.isError) return true;
        place = place.below.get(key);
        if (place === undefined) return false;
      }
      return true;
    },
  };
}

const NO_PLACES: ExplainedPlaces = { has: () => false };

function treeOf(errors: readonly LocatedError[]): Place {
  const root = emptyPlace();
  for (const { path = [] } of errors) {
    let place = root;
    for (const key of path) {
      const next = place.below.get(key) ?? emptyPlace();
      place.below.set(key, next);
      place = next;
    }
    place.isError = true;
  }
  return root;
}

function emptyPlace(): Place {
  return { isError: false, below: new Map() };
}
