import type { DeferredFragment } from '../deferral.ts';
import { jsonTextOf, type Json } from '../lib/json.ts';
import type { CompiledDeferral } from './compile-deferral.ts';
import { atClientPaths } from './error-places.ts';
import { createNulledPlaces } from './nulled-places.ts';
import type { ResultPath } from './places.ts';
import { placedObjects, type PlacedObject } from './placed-objects.ts';
import type { ProjectedResult } from './projection.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import type { DeferringRun } from './run-deferring.ts';
import { writeFragment, type WrittenFragment } from './write-fragment.ts';

/** The deferred fragments of one answer, in the order in which they may be sent. */
export interface FollowingFragments {
  /** To be called with what the client gets first. */
  readonly begin: (first: ProjectedResult) => void;
  /** Whether there are fragments to come of what the client has got. */
  readonly isDue: () => boolean;
  /** Waits until one is there; gives all that are, which may be none: what they belong to may have become null. */
  readonly next: () => Promise<readonly WrittenFragment[]>;
}

interface Options {
  readonly run: DeferringRun;
  /** By the ids of fragments. */
  readonly shapes: CompiledDeferral['fragments'];
  readonly clientPath: (path: ResultPath) => ResultPath;
  readonly tree: ResultObject;
  readonly fragments: readonly DeferredFragment[];
  readonly interfaces: ReadonlySet<string> | undefined;
}

/** A fragment whose objects the client has got. */
interface Due {
  readonly objects: readonly PlacedObject[];
  readonly isThere: Promise<void>;
  /** What went wrong with it; undefined until it is there. */
  errors: readonly LocatedError[] | undefined;
}

/** Makes the fragments that follow: each when what it stands in has been given and all that was asked for it is there. */
export function followingFragments({
  run,
  shapes,
  clientPath,
  tree,
  fragments,
  interfaces,
}: Options): FollowingFragments {
  const due = new Map<DeferredFragment, Due>();
  const told: LocatedError[] = [];
  const nulled = createNulledPlaces();

  async function errorsOf({ id }: DeferredFragment): Promise<readonly LocatedError[]> {
    return atClientPaths(await run.fragment(id), clientPath);
  }

  function expectThoseIn(parent: string | undefined, from: readonly PlacedObject[]): void {
    for (const fragment of fragments) {
      if (fragment.parent !== parent) continue;
      const objects = placedObjects(fragment.place, { tree, from, interfaces });
      if (objects.length > 0) due.set(fragment, dueFrom(objects, errorsOf(fragment)));
    }
  }

  function writtenOf(fragment: DeferredFragment, { objects: all, errors: own = [] }: Due): readonly WrittenFragment[] {
    const objects = all.filter(({ path }) => !nulled.has(path));
    const shape = shapes.get(fragment.id);
    if (shape === undefined) throw new Error(`the fragment ${fragment.id} has no shape`);
    const written = writeFragment({ fragment, shape, tree }, objects, { own, told });
    for (const { errors } of written) told.push(...errors);
    nulled.note(written, told);
    if (fragments.some(({ parent }) => parent === fragment.id))
      expectThoseIn(
        fragment.id,
        objects.map((one, index) => ({ ...one, answered: parsed(written[index]?.data) })),
      );
    return written;
  }

  function takeThere(): readonly WrittenFragment[] {
    const there = [...due].filter(([, one]) => one.errors !== undefined);
    for (const [fragment] of there) due.delete(fragment);
    return there.flatMap(([fragment, one]) => writtenOf(fragment, one));
  }

  return {
    begin: ({ data, errors }) => {
      told.push(...errors);
      expectThoseIn(undefined, [{ path: [], treePath: [], answered: parsed(data) }]);
    },
    isDue: () => due.size > 0,
    next: async () => {
      await Promise.race([...due.values()].map(async ({ isThere }) => isThere));
      const all: WrittenFragment[] = [];
      for (;;) {
        await settled();
        const more = takeThere();
        if (more.length === 0) return all;
        all.push(...more);
      }
    },
  };
}

function dueFrom(objects: readonly PlacedObject[], errors: Promise<readonly LocatedError[]>): Due {
  const isThere = errors.then((found) => {
    one.errors = found;
  });
  // Whoever waits is told.
  isThere.catch(() => undefined);
  const one: Due = { objects, isThere, errors: undefined };
  return one;
}

function parsed(data: Json = 'null'): unknown {
  return JSON.parse(jsonTextOf(data)) as unknown;
}

/** Lets everything that has been answered at the same time get as far as it comes. */
function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
