import type { DeferredFragment } from '../deferral.ts';
import type { Json } from '../lib/json.ts';
import { explainedPlaces } from './explained-places.ts';
import type { ResultPath } from './places.ts';
import { valueAt, type PlacedObject } from './placed-objects.ts';
import type { ValueShape } from './projection-shape.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import { jsonOf } from './write/output.ts';
import { beginWriting, writeValue } from './write/write-object.ts';

/** A deferred fragment of one object, written for the client. */
export interface WrittenFragment {
  readonly fragment: DeferredFragment;
  readonly path: ResultPath;
  readonly data: Json;
  readonly errors: readonly LocatedError[];
}

/** Most fragments are short. */
const EXPECTED_BYTES = 512;

interface Errors {
  /** What the requests for the fragment left, at the client's paths. */
  readonly own: readonly LocatedError[];
  /** What the client has been told before. */
  readonly told: readonly LocatedError[];
}

interface Source {
  readonly fragment: DeferredFragment;
  readonly shape: ValueShape;
  readonly tree: ResultObject;
}

/**
 * Writes a deferred fragment of each of its objects. A null that cannot be goes no further than the object: its data are null then. An
 * error stands with the first object that it is about; with further ones where it alone explains why there is nothing.
 */
export function writeFragment(
  { fragment, shape, tree }: Source,
  objects: readonly PlacedObject[],
  { own, told }: Errors,
): readonly WrittenFragment[] {
  const known = [...told, ...own];
  const explained = explainedPlaces(known);
  const ownOf = errorsByPlace(objects, own);
  return objects.map((placed, index) => {
    const { path } = placed;
    const writing = beginWriting({
      expectedBytes: EXPECTED_BYTES,
      isPlain: false,
      path: [...path],
      explained,
      shared: undefined,
    });
    const end = writeValue(valueAt(tree, placed), shape, writing, 0);
    const data = end === -1 ? 'null' : jsonOf(writing, { start: 0, end });
    const errors = [...(ownOf.get(index) ?? []), ...writing.errors];
    const explaining = data === 'null' && errors.length === 0 ? known.filter((one) => isAbout(one, path)) : [];
    return { fragment, path, data, errors: [...errors, ...explaining] };
  });
}

function errorsByPlace(
  objects: readonly PlacedObject[],
  errors: readonly LocatedError[],
): ReadonlyMap<number, readonly LocatedError[]> {
  const byPlace = new Map<number, LocatedError[]>();
  for (const error of errors) {
    const index = Math.max(
      0,
      objects.findIndex(({ path }) => isAbout(error, path)),
    );
    byPlace.set(index, [...(byPlace.get(index) ?? []), error]);
  }
  return byPlace;
}

/** Whether an error stands at a place, above it or below it. */
function isAbout({ path = [] }: LocatedError, place: ResultPath): boolean {
  return path.every((key, depth) => depth >= place.length || place[depth] === key);
}
