import type { EntityBatch, Path, RequiredSelection } from '../plan/compiled-plan.ts';
import { ownValue, visitPlaces, type Holder } from './places.ts';
import { representerOf } from './representer.ts';
import type { ResultObject, SharedObjects } from './result-tree.ts';

/** The entities of a batch: each representation once, and the places of the result that it stands for. */
export interface Entities {
  /** In JSON. */
  readonly representations: readonly string[];
  /** For each path of the batch. */
  readonly places: readonly Places[];
  /** The types, by all their names, of objects that were to be asked for and lacked something that their representation needs. */
  readonly lacking: ReadonlySet<string>;
  /**
   * By representation: how many keys an object has that is a reference to the entity and nothing more, so that any other such object
   * is equal to it; 0 where that cannot be told.
   */
  readonly referenceSizes: readonly number[];
}

/** The objects at one path of a batch in the order of the result, as columns of a table. */
export interface Places {
  readonly holders: readonly Holder[];
  readonly keys: readonly (string | number)[];
  /** The representation of the object. */
  readonly indexes: readonly number[];
}

/** What entities are collected from: see `Answered`. */
interface Source {
  readonly tree: ResultObject;
  readonly shared?: SharedObjects;
  readonly isPlain?: boolean;
}

/** Collects the entities of a batch from the result so far. Objects that lack what a representation needs are left out. */
export function collectEntities({ tree, shared, isPlain = false }: Source, batch: EntityBatch): Entities {
  const { write, onlyKey } = representerOf(batch);
  const representations: string[] = [];
  const referenceSizes: number[] = [];
  const [byText, byKey] = [new Map<string, number>(), new Map<string, number>()];
  const lacking = new Set<string>();

  const indexOf = (object: ResultObject): number => {
    const key = onlyKey?.(object);
    const known = key === undefined ? undefined : byKey.get(key);
    if (known !== undefined) return known;
    const representation = write(object, isPlain);
    if (representation === undefined) {
      for (const name of namesLacking(object, batch.requires)) lacking.add(name);
      return -1;
    }
    // A text alone is as good as the representation that is made of it; no other value is written as a text is.
    const [index, name] = key === undefined ? [byText, representation.text] : [byKey, key];
    const same = index.get(name);
    if (same !== undefined) return same;
    index.set(name, representations.length);
    referenceSizes.push(representation.referenceSize);
    return representations.push(representation.text) - 1;
  };

  const placesAt = (path: Path): Places => {
    const [holders, keys, indexes]: [Holder[], (string | number)[], number[]] = [[], [], []];
    const visit = (object: ResultObject, holder: Holder, key: string | number): void => {
      const index = indexOf(object);
      if (index === -1) return;
      holders.push(holder);
      keys.push(key);
      indexes.push(index);
    };
    visitPlaces(tree, path, visit, shared);
    return { holders, keys, indexes };
  };

  return { representations, places: batch.paths.map(placesAt), lacking, referenceSizes };
}

/** The same entities where they stand now, if what they stand in has changed since they were collected. */
export function placeAgain(source: Source, batch: EntityBatch, entities: Entities): Entities {
  const now = collectEntities(source, batch);
  const known = new Map(entities.representations.map((text, index) => [text, index]));
  const places = now.places.map(({ indexes, ...columns }) => ({
    ...columns,
    indexes: indexes.map((index) => known.get(now.representations[index] ?? '') ?? -1),
  }));
  return { ...entities, places };
}

/**
 * By what names a request may mean an object that lacks something: its type, and where it has a part of what is needed, the names
 * that stand beside its type, as a subgraph may know it by its interface alone.
 */
export function namesLacking(object: ResultObject, requires: readonly RequiredSelection[]): readonly string[] {
  const type = String(object['__typename']);
  return requires.flatMap((one) => {
    if (one.kind !== 'fragment' || !one.types.has(type)) return [];
    const isPartlyThere = one.selections.some(
      (part) => part.kind === 'field' && part.name !== '__typename' && ownValue(object, part.key) !== undefined,
    );
    return isPartlyThere ? [...one.types] : [type];
  });
}
