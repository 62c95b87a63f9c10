import type { EntityBatch, Path, RequiredSelection } from '../plan/compiled-plan.ts';
import { IRRECONCILABLE } from './irreconcilable.ts';
import { jsonString, jsonText } from './json-text.ts';
import { merge, setOwn } from './merge.ts';
import { isObject, ownValue, visitPlaces, type Holder } from './places.ts';
import type { ResultObject, SharedObjects } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

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

interface Representation {
  readonly text: string;
  readonly referenceSize: number;
}

interface Representer {
  /** Writes what a subgraph needs to know an object by; undefined where something of it is missing. */
  readonly write: (object: ResultObject, isPlain: boolean) => Representation | undefined;
  /** Where entities of one type are known by one text: that text, where the object has it. */
  readonly onlyKey?: (object: ResultObject) => string | undefined;
}

/** A batch is part of a plan, and lives as long. */
const representers = new WeakMap<EntityBatch, Representer>();

function representerOf(batch: EntityBatch): Representer {
  const known = representers.get(batch);
  if (known !== undefined) return known;
  const representer = keyRepresenter(batch) ?? anyRepresenter(batch);
  representers.set(batch, representer);
  return representer;
}

/** For what nearly all batches need, a key of scalars for each type: the text is written without making an object first. */
function keyRepresenter({ requires, inputRewrites }: EntityBatch): Representer | undefined {
  const keys = new Map<string, readonly string[]>();
  for (const one of requires) {
    if (one.kind === 'field') return undefined;
    const names = scalarNames(one.selections);
    if (names?.delete('__typename') !== true) return undefined;
    for (const type of one.types) {
      // Of several fragments that apply, one may be left out where something is missing.
      if (keys.has(type)) return undefined;
      keys.set(type, [...names]);
    }
  }
  if (inputRewrites.length > 0) return undefined;

  const write: Representer['write'] = (object, isPlain) => {
    const type = object['__typename'];
    const names = typeof type === 'string' ? keys.get(type) : undefined;
    if (names === undefined) return undefined;
    let text = `{"__typename":"${String(type)}"`;
    for (const name of names) {
      const value = ownValue(object, name);
      const written = typeof value === 'string' ? jsonString(value, isPlain) : jsonText(value);
      if (written === undefined) return undefined;
      text += `,"${name}":${written}`;
    }
    return { text: `${text}}`, referenceSize: names.length + 1 };
  };
  const [[onlyType, [onlyName, ...others]] = [undefined, []]] = keys;
  if (keys.size !== 1 || onlyName === undefined || others.length > 0) return { write };
  const onlyKey = (object: ResultObject): string | undefined => {
    const value = object['__typename'] === onlyType ? ownValue(object, onlyName) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { write, onlyKey };
}

/** The names of fields that are asked for under their own names, and have nothing below them. */
function scalarNames(selections: readonly RequiredSelection[]): Set<string> | undefined {
  const names = new Set<string>();
  for (const field of selections) {
    if (field.kind !== 'field' || field.selections !== undefined || field.key !== field.name) return undefined;
    names.add(field.name);
  }
  return names;
}

function anyRepresenter({ requires, inputRewrites }: EntityBatch): Representer {
  const write: Representer['write'] = (object) => {
    const representation = representationOf(object, requires);
    if (representation === undefined || typeof representation['__typename'] !== 'string') return undefined;
    applyRewrites(representation, inputRewrites);
    const text = jsonText(representation);
    return text === undefined ? undefined : { text, referenceSize: 0 };
  };
  return { write };
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
function representationOf(
  source: ResultObject,
  selections: readonly RequiredSelection[],
  isNested = false,
): ResultObject | undefined {
  const representation: ResultObject = {};
  for (const selection of selections) {
    if (selection.kind === 'field') {
      const value = required(ownValue(source, selection.key), selection.selections);
      if (value === undefined) return undefined;
      setOwn(representation, selection.name, value);
    } else if (typeof source['__typename'] === 'string' && selection.types.has(source['__typename'])) {
      // Of the entity itself several fragments may apply: what one field needs, and failed, must not keep another from being asked for.
      const part = representationOf(source, selection.selections, isNested);
      if (part !== undefined) merge(representation, part);
      else if (isNested) return undefined;
    }
  }
  return representation;
}

function required(value: unknown, selections: readonly RequiredSelection[] | undefined): unknown {
  if (value === IRRECONCILABLE) return undefined;
  if (selections === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => required(item, selections));
    return items.includes(undefined) ? undefined : items;
  }
  return isObject(value) ? representationOf(value, selections, true) : undefined;
}
