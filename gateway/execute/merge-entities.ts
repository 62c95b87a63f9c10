import type { EntityBatch } from '../plan/compiled-plan.ts';
import { createMerger, type Merger } from './generate-merger.ts';
import { areOfOneType, type MergeRules } from './merge.ts';
import { isObject, type Holder } from './places.ts';
import { placeAgain, type Entities, type Places } from './representations.ts';
import type { ResultObject } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';
import type { SharedObjects } from './shared-objects.ts';

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
  readonly mayShare: boolean;
}

/** The entities where they stand now: what stood at several places may have become several objects since. */
export function placedNow({ batch, entities, partings }: Batched, rules: Rules): Entities {
  return rules.partings === partings ? entities : placeAgain(rules, batch, entities);
}

/**
 * Merges looked-up entities into the result, into each object that stands for one. An answer belongs to the result from then on. Those
 * about an object of another type than was asked for are left out: gives their indexes.
 */
export function mergeEntities(lookedUp: readonly unknown[], batched: Batched, rules: Rules): ReadonlySet<number> {
  const { batch } = batched;
  const mistaken = new Set<number>();
  for (const entity of lookedUp) applyRewrites(entity, batch.outputRewrites);
  const merger = mergerOf(batch);
  for (let path = 0; path < batch.paths.length; path += 1) {
    const { places, isEachOnce } = placedNow(batched, rules);
    const ofPath = places[path];
    const isLast = path === batch.paths.length - 1;
    if (ofPath) mergeAt(ofPath, { rules, answers: lookedUp, merger, mistaken, isEachOnce, isLast });
  }
  return mistaken;
}

/** A batch is part of a plan, and lives as long. */
const mergers = new WeakMap<EntityBatch, Merger>();

function mergerOf(batch: EntityBatch): Merger {
  const known = mergers.get(batch);
  if (known !== undefined) return known;
  const merger = createMerger();
  mergers.set(batch, merger);
  return merger;
}

interface Merging {
  readonly rules: Rules;
  readonly answers: readonly unknown[];
  readonly merger: Merger;
  readonly mistaken: Set<number>;
  readonly isEachOnce: boolean;
  /** Whether no other path needs the answers any more. */
  readonly isLast: boolean;
}

function mergeAt({ holders, keys, indexes }: Places, merging: Merging): void {
  const { rules, answers, merger, mistaken, isEachOnce, isLast } = merging;
  const firsts: ResultObject[] = [];
  for (let place = 0; place < indexes.length; place += 1) {
    const index = indexes[place] ?? -1;
    const answer = answers[index];
    // What stands there now: another request may have put a shared object in the place of what was there.
    const object = itemAt(holders[place], keys[place] ?? '');
    if (!isObject(answer) || !isObject(object)) continue;
    if (!areOfOneType(object, answer, rules)) {
      mistaken.add(index);
      continue;
    }
    const first = firsts[index];
    if (first !== object) merger(object, answer, rules, !isLast || first !== undefined);
    if (!isEachOnce) firsts[index] ??= object;
  }
}

/** Apart, so that the engine meets nothing but lists in the one place and nothing but objects in the other. */
function itemAt(holder: Holder | undefined, key: string | number): unknown {
  return typeof key === 'number' ? holder?.[key] : holder?.[key];
}
