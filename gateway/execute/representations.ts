import type { EntityBatch, RequiredSelection } from '../plan/compiled-plan.ts';
import { merge, setOwn } from './merge.ts';
import { isObject, ownValue, visitPlaces } from './places.ts';
import type { ResultObject } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

/** The entities of a batch: each representation once, and the objects of the result that it stands for. */
export interface Entities {
  readonly representations: readonly unknown[];
  /** For each path of the batch, in the order in which its objects are visited: the index of the object's representation, or -1. */
  readonly indexes: readonly (readonly number[])[];
  /** The types, by all their names, of objects that were to be asked for and lacked something that their representation needs. */
  readonly lacking: ReadonlySet<string>;
}

/** Collects the entities of a batch from the result so far. Objects that lack what a representation needs are left out. */
export function collectEntities(tree: ResultObject, batch: EntityBatch): Entities {
  const representations: unknown[] = [];
  const known = new Map<string, number>();
  const lacking = new Set<string>();
  const indexOf = (object: ResultObject): number => {
    const representation = representationOf(object, batch.requires);
    if (!isObject(representation) || typeof representation['__typename'] !== 'string') {
      for (const name of namesLacking(object, batch.requires)) lacking.add(name);
      return -1;
    }
    applyRewrites(representation, batch.inputRewrites);
    const key = JSON.stringify(representation);
    const index = known.get(key);
    if (index !== undefined) return index;
    known.set(key, representations.length);
    return representations.push(representation) - 1;
  };
  const indexes = batch.paths.map((path) => {
    const found: number[] = [];
    visitPlaces(tree, path, (object) => void found.push(indexOf(object)));
    return found;
  });
  return { representations, indexes, lacking };
}

/**
 * By what names a request may mean an object that lacks something: its type, and where it has a part of what is needed, the names
 * that stand beside its type, as a subgraph may know it by its interface alone.
 */
function namesLacking(object: ResultObject, requires: readonly RequiredSelection[]): readonly string[] {
  const type = String(object['__typename']);
  return requires.flatMap((one) => {
    if (one.kind !== 'fragment' || !one.types.has(type)) return [];
    const isPartlyThere = one.selections.some(
      (part) => part.kind === 'field' && part.name !== '__typename' && ownValue(object, part.key) !== undefined,
    );
    return isPartlyThere ? [...one.types] : [type];
  });
}

/** The part of an object that a subgraph needs to know it by; `undefined` where something of it is missing. */
function representationOf(source: ResultObject, selections: readonly RequiredSelection[]): ResultObject | undefined {
  const representation: ResultObject = {};
  for (const selection of selections) {
    if (selection.kind === 'field') {
      const value = required(ownValue(source, selection.key), selection.selections);
      if (value === undefined) return undefined;
      setOwn(representation, selection.name, value);
    } else if (typeof source['__typename'] === 'string' && selection.types.has(source['__typename'])) {
      // Several fragments may apply: what another field needs, and the client skipped, must not keep this one from being asked for.
      const part = representationOf(source, selection.selections);
      if (part !== undefined) merge(representation, part);
    }
  }
  return representation;
}

function required(value: unknown, selections: readonly RequiredSelection[] | undefined): unknown {
  if (selections === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => required(item, selections));
    return items.includes(undefined) ? undefined : items;
  }
  return isObject(value) ? representationOf(value, selections) : undefined;
}
