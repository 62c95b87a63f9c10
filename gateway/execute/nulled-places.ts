import { jsonTextOf } from '../lib/json.ts';
import { isObject, ownValue, type ResultPath } from './places.ts';
import type { LocatedError } from './result-tree.ts';
import type { WrittenFragment } from './write-fragment.ts';

/**
 * Where the client has null, as it puts the pieces of an answer together: a piece in which a null went up as far as to an object that
 * others have something of. What is below has no place there.
 */
export interface NulledPlaces {
  /** To be called with each piece, in the order in which they are sent; `told` are all errors so far, those of the piece among them. */
  readonly note: (piece: Pick<WrittenFragment, 'path' | 'data'>, told: readonly LocatedError[]) => void;
  /** Whether the client has null at a path, or above it. */
  readonly has: (path: ResultPath) => boolean;
}

/** Makes it for one answer, which begins without any. */
export function createNulledPlaces(): NulledPlaces {
  let nulled: readonly ResultPath[] = [];

  return {
    note({ path, data }, told) {
      const text = told.length === 0 ? 'null' : jsonTextOf(data);
      // A fragment that is null as a whole takes nothing away.
      if (text === 'null') return;
      const value = JSON.parse(text) as unknown;
      const isGiven = (one: ResultPath): boolean =>
        beginsWith(one, path) && isObject(one.slice(path.length).reduce(memberOf, value));
      const found = told.flatMap((error) => nullAbove(value, path, error.path ?? []) ?? []);
      nulled = [...nulled.filter((one) => !isGiven(one)), ...found];
    },
    has: (path) => nulled.some((one) => beginsWith(path, one)),
  };
}

/** Where a value that stands at `path` is null on the way to an error, if it is. */
function nullAbove(value: unknown, path: ResultPath, errorPath: ResultPath): [ResultPath] | undefined {
  if (!beginsWith(errorPath, path)) return undefined;
  let reached = value;
  for (let depth = path.length; depth < errorPath.length; depth += 1) {
    reached = memberOf(reached, errorPath[depth] ?? '');
    if (reached === null) return [errorPath.slice(0, depth + 1)];
  }
  return undefined;
}

function memberOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown;
  return isObject(value) ? ownValue(value, String(key)) : undefined;
}

function beginsWith(path: ResultPath, beginning: ResultPath): boolean {
  return beginning.length <= path.length && beginning.every((key, index) => path[index] === key);
}
