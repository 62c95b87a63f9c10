import type { EntityBatch, Path, RequiredSelection } from '../plan/compiled-plan.ts';
import { TextIndex } from '../lib/text-index.ts';
import { jsonString } from './json-text.ts';
import { depthOf, ownValue, type Holder } from './places.ts';
import { representerOf, type OnlyKey, type Representer } from './representer.ts';
import type { ResultObject } from './result-tree.ts';
import type { SharedObjects } from './shared-objects.ts';
import { visitPlaces } from './visit-places.ts';

/** The entities of a batch: each representation once, and the places of the result that it stands for. */
export interface Entities {
  /** How many representations there are. */
  readonly count: number;
  /** The representations as the items of a JSON list. */
  readonly representations: string;
  /** The same one by one. */
  readonly texts: () => readonly string[];
  /** For each path of the batch. */
  readonly places: readonly Places[];
  /** Whether it is known that no representation stands for two places. */
  readonly isEachOnce: boolean;
  /** The types, by all their names, of objects that were to be asked for and lacked something that their representation needs. */
  readonly lacking: ReadonlySet<string>;
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
  /** Whether one entity is the same wherever it stands. */
  readonly mayShare?: boolean;
}

/**
 * Collects the entities of a batch from the result so far. Objects that lack what a representation needs are left out. Where several
 * objects at one path are references to one entity and nothing more, the first takes the place of them all and becomes `shared`: it is
 * completed, asked further about and written once. Another path keeps its own, as the same response key may stand for something else
 * there.
 */
export function collectEntities(source: Source, batch: EntityBatch): Entities {
  const { write, onlyKey } = representerOf(batch);
  return (onlyKey && byOnlyKey(source, batch, onlyKey)) ?? byText(source, batch, write);
}

/** Where one text tells entities apart, no more is made of each. Undefined where a key is no text. */
function byOnlyKey(source: Source, batch: EntityBatch, { of, opening, between }: OnlyKey): Entities | undefined {
  const keys = new TextIndex();
  const lacking = new Set<string>();
  let others = 0;
  const numberOf = (object: ResultObject): number => {
    const key = of(object);
    if (typeof key === 'string') return keys.numberOf(key);
    if (key === undefined) addLacking(lacking, object, batch);
    else others += 1;
    return -1;
  };
  const places = batch.paths.map((path) => placesAt(source, path, { numberOf, referenceSizeOf: () => KEY_SIZE }));
  if (others > 0) return undefined;
  const count = keys.texts.length;
  const written = source.isPlain === true ? keys.texts : keys.texts.map((key) => jsonString(key, false).slice(1, -1));
  const representations = count === 0 ? '' : `${opening}${written.join(between)}"}`;
  const texts = (): readonly string[] => written.map((key) => `${opening}${key}"}`);
  return { count, representations, texts, ...placed(places, count), lacking };
}

/** `__typename` and the key. */
const KEY_SIZE = 2;

function byText(source: Source, batch: EntityBatch, write: Representer['write']): Entities {
  const index = new TextIndex();
  const lacking = new Set<string>();
  const referenceSizes: number[] = [];
  const numberOf = (object: ResultObject): number => {
    const representation = write(object, source.isPlain === true);
    if (representation === undefined) {
      addLacking(lacking, object, batch);
      return -1;
    }
    const number = index.numberOf(representation.text);
    referenceSizes[number] = representation.referenceSize;
    return number;
  };
  const referenceSizeOf = (number: number): number => referenceSizes[number] ?? 0;
  const places = batch.paths.map((path) => placesAt(source, path, { numberOf, referenceSizeOf }));
  const { texts } = index;
  return {
    count: texts.length,
    representations: texts.join(','),
    texts: () => texts,
    ...placed(places, texts.length),
    lacking,
  };
}

/** As many places as representations, each of which stands somewhere. */
function placed(places: readonly Places[], count: number): Pick<Entities, 'places' | 'isEachOnce'> {
  return { places, isEachOnce: places.length === 1 && places[0]?.indexes.length === count };
}

function addLacking(lacking: Set<string>, object: ResultObject, { requires }: EntityBatch): void {
  for (const name of namesLacking(object, requires)) lacking.add(name);
}

/** How entities are told apart. */
interface Numbering {
  /** The number of an object's representation; -1 where it has none. */
  readonly numberOf: (object: ResultObject) => number;
  /**
   * Of a representation: how many keys an object has that is a reference to the entity and nothing more, so that any other such object
   * is equal to it; 0 where that cannot be told.
   */
  readonly referenceSizeOf: (number: number) => number;
}

function placesAt({ tree, shared, mayShare }: Source, path: Path, { numberOf, referenceSizeOf }: Numbering): Places {
  const [holders, keys, indexes]: [Holder[], (string | number)[], number[]] = [[], [], []];
  const firsts: ResultObject[] = [];
  /** Of each representation that has been met again: whether the first object is a reference, and is shared from then on. */
  const areShared: boolean[] = [];
  const sharing = mayShare === true ? shared : undefined;
  const depth = depthOf(path);
  let count = 0;
  const isShared = (sharing: SharedObjects, first: ResultObject, index: number): boolean => {
    const known = areShared[index];
    if (known !== undefined) return known;
    const isReference = hasKeys(first, referenceSizeOf(index));
    if (isReference) sharing.add(first, depth);
    return (areShared[index] = isReference);
  };
  const visit = (object: ResultObject, holder: Holder, key: string | number): void => {
    const index = numberOf(object);
    if (index === -1) return;
    const first = firsts[index];
    if (first === undefined) firsts[index] = object;
    else if (sharing !== undefined && hasKeys(object, referenceSizeOf(index)) && isShared(sharing, first, index)) {
      holder[key] = first;
      return;
    }
    // V8 does so at once; for `push` it makes a call.
    holders[count] = holder;
    keys[count] = key;
    indexes[count] = index;
    count += 1;
  };
  visitPlaces(tree, path, visit, { shared });
  return { holders, keys, indexes };
}

function hasKeys(object: ResultObject, count: number): boolean {
  let found = 0;
  for (const _key in object) found += 1;
  return found === count;
}

/** The same entities where they stand now, if what they stand in has changed since they were collected. */
export function placeAgain(source: Source, batch: EntityBatch, entities: Entities): Entities {
  const now = collectEntities(source, batch);
  const known = new Map(entities.texts().map((text, index) => [text, index]));
  const numbers = now.texts().map((text) => known.get(text) ?? -1);
  const places = now.places.map(({ indexes, ...columns }) => ({
    ...columns,
    indexes: indexes.map((index) => numbers[index] ?? -1),
  }));
  return { ...entities, places, isEachOnce: false };
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
