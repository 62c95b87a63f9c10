import type { EntityBatch } from '../plan/compiled-plan.ts';
import { areOfOneType, copyOf, merge, type MergeRules } from './merge.ts';
import { isObject } from './places.ts';
import { placeAgain, type Entities, type Places } from './representations.ts';
import { unwritten, type ResultObject, type SharedObjects } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

/** What a batch of a request for entities asked for, and where the answer belongs. */
export interface Batched {
  readonly batch: EntityBatch;
  readonly entities: Entities;
  /** The count of `MergeRules` at the time when the entities were collected. */
  readonly partings: number;
}

interface Rules extends MergeRules {
  readonly tree: ResultObject;
  readonly shared: SharedObjects;
  /** Whether one entity is the same wherever it stands. */
  readonly mayShare: boolean;
}

/** The entities where they stand now: what stood at several places may have become several objects since. */
export function placedNow({ batch, entities, partings }: Batched, rules: Rules): Entities {
  return rules.partings === partings ? entities : placeAgain(rules, batch, entities);
}

/**
 * Merges looked-up entities into the result. Where several objects at one path are references to one entity and nothing more, one
 * object takes the place of them all and becomes `shared`: it is completed, asked further about and written once. Another path gets
 * a copy, as the same response key may stand for something else there. An answer belongs to the result from then on. Those about an
 * object of another type than was asked for are left out: gives their indexes.
 */
export function mergeEntities(lookedUp: readonly unknown[], batched: Batched, rules: Rules): ReadonlySet<number> {
  const { batch } = batched;
  const mistaken = new Set<number>();
  for (const entity of lookedUp) applyRewrites(entity, batch.outputRewrites);
  for (let path = 0; path < batch.paths.length; path += 1) {
    const entities = placedNow(batched, rules);
    const places = entities.places[path];
    const isLast = path === batch.paths.length - 1;
    if (places) mergeAt(places, { rules, entities, answers: isLast ? lookedUp : copiesOf(lookedUp, places), mistaken });
  }
  return mistaken;
}

function copiesOf(lookedUp: readonly unknown[], { indexes }: Places): readonly unknown[] {
  const copies: unknown[] = [];
  for (const index of indexes) {
    const answer = lookedUp[index];
    copies[index] ??= isObject(answer) ? copyOf(answer) : undefined;
  }
  return copies;
}

interface Merging {
  readonly rules: Rules;
  readonly entities: Entities;
  readonly answers: readonly unknown[];
  readonly mistaken: Set<number>;
}

/** The first object at a path that was completed with an answer. */
interface First {
  readonly object: ResultObject;
  readonly wasReference: boolean;
}

function mergeAt({ holders, keys, indexes }: Places, { rules, entities, answers, mistaken }: Merging): void {
  const firsts: (First | undefined)[] = [];
  for (let place = 0; place < indexes.length; place += 1) {
    const [holder, key, index] = [holders[place] ?? {}, keys[place] ?? '', indexes[place] ?? -1];
    const answer = answers[index];
    // What stands there now: another request may have put a shared object in the place of what was there.
    const object = holder[key];
    if (!isObject(answer) || !isObject(object)) continue;
    if (!areOfOneType(object, answer, rules)) {
      mistaken.add(index);
      continue;
    }
    if (entities.isEachOnce) {
      merge(object, answer, rules);
      continue;
    }
    const first = firsts[index];
    const isReference = hasKeys(object, entities.referenceSize(index));
    if (first === undefined) {
      firsts[index] = { object, wasReference: isReference };
      merge(object, answer, rules);
    } else if (first.object !== object) {
      if (first.wasReference && isReference && rules.mayShare) holder[key] = sharedFrom(first.object, rules.shared);
      else merge(object, copyOf(answer), rules);
    }
  }
}

function sharedFrom(object: ResultObject, shared: SharedObjects): ResultObject {
  if (!shared.has(object)) shared.set(object, unwritten());
  return object;
}

function hasKeys(object: ResultObject, count: number): boolean {
  let found = 0;
  for (const _key in object) found += 1;
  return found === count;
}
