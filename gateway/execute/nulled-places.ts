import { jsonTextOf } from '../lib/json.ts';
import { isObject, ownValue, type ResultPath } from './places.ts';
import type { LocatedError } from './result-tree.ts';
import type { WrittenFragment } from './write-fragment.ts';

type Piece = Pick<WrittenFragment, 'path' | 'data'>;

/**
 * Where the client has null, as it puts the pieces of an answer together: a piece in which a null went up as far as to an object that
 * others have something of. What is below has no place there.
 */
export interface NulledPlaces {
  /** To be called with the pieces of each fragment, in the order in which they are sent; `told` are all errors so far, theirs among them. */
  readonly note: (pieces: readonly Piece[], told: readonly LocatedError[]) => void;
  /** Whether the client has null at a path, or above it. */
  readonly has: (path: ResultPath) => boolean;
}

/** Makes it for one answer, which begins without any. There may be as many pieces, and as many errors, as a list has items. */
export function createNulledPlaces(): NulledPlaces {
  const nulled = new Map<string, ResultPath>();

  return {
    note(pieces, told) {
      if (told.length === 0) return;
      const valueAt = createValueAt(pieces);
      for (const [id, path] of nulled) if (isObject(valueAt(path, path.length))) nulled.delete(id);
      for (const { path = [] } of told)
        for (let depth = 1; depth <= path.length; depth += 1)
          if (valueAt(path, depth) === null) nulled.set(idOf(path, depth), path.slice(0, depth));
    },
    has(path) {
      if (nulled.size > 0)
        for (let depth = 0; depth <= path.length; depth += 1) if (nulled.has(idOf(path, depth))) return true;
      return false;
    },
  };
}

/** Makes what gives the value that pieces have at a path, up to a depth below one of them; undefined where none has any. */
function createValueAt(pieces: readonly Piece[]): (path: ResultPath, depth: number) => unknown {
  const byPath = new Map(pieces.map((piece) => [idOf(piece.path, piece.path.length), piece]));
  const depths = new Set(pieces.map(({ path }) => path.length));
  const values = new Map<Piece, unknown>();
  const valueOf = (piece: Piece): unknown => {
    if (!values.has(piece)) values.set(piece, JSON.parse(jsonTextOf(piece.data)));
    return values.get(piece);
  };

  return (path, depth) => {
    for (const start of depths) {
      // A fragment that is null as a whole takes nothing away.
      const piece = start < depth ? byPath.get(idOf(path, start)) : undefined;
      if (piece !== undefined) return path.slice(start, depth).reduce(memberOf, valueOf(piece));
    }
    return undefined;
  };
}

function memberOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)] as unknown;
  return isObject(value) ? ownValue(value, String(key)) : undefined;
}

function idOf(path: ResultPath, depth: number): string {
  return JSON.stringify(path.slice(0, depth));
}
