import type { ContextLookup, ContextualArgument, EntityBatch, Path } from '../plan/compiled-plan.ts';
import { afterList, isObject, isOfType, ownValue, type Holder, type ResultPath } from './places.ts';
import { jsonText } from './json-text.ts';
import { namesLacking, type Entities } from './representations.ts';
import { representerOf } from './representer.ts';
import type { ResultObject } from './result-tree.ts';

/** Entities that have the same values of the objects above them. */
export interface ContextGroup {
  /** In JSON, for each contextual argument; undefined where there is none: then what takes it is not asked for. */
  readonly values: readonly (string | undefined)[];
  readonly entities: Entities;
}

export interface EntitiesByContext {
  readonly groups: readonly ContextGroup[];
  /** The values that were not there, or not to be found, though some object should have them. */
  readonly lackingValues: readonly LackingValue[];
  /** See `Entities`. */
  readonly lacking: ReadonlySet<string>;
}

export interface LackingValue {
  /** Where it should stand. */
  readonly path: ResultPath;
  /** The nearest single place below the object that should have it which contains all entities that should take it. */
  readonly place: ResultPath;
}

interface Source {
  readonly tree: ResultObject;
  readonly isPlain?: boolean;
  readonly interfaces?: ReadonlySet<string> | undefined;
}

/** Collects the entities of a batch from the result so far, place by place: one entity may stand below different objects. */
export function collectByContext(
  { tree, isPlain = false, interfaces }: Source,
  batch: EntityBatch,
  contexts: readonly ContextualArgument[],
): EntitiesByContext {
  const { write } = representerOf(batch);
  const groups = new Map<string, GroupOfPlaces>();
  const lacking = new Set<string>();
  const lackingValues = new Map<string, LackingValue>();

  const textAbove = ({ above, way, depths }: PlaceBelow, lookups: readonly ContextLookup[]): string | undefined => {
    const found = valueAbove(above, lookups, interfaces);
    if (found === undefined) return undefined;
    const { value, lookup } = found;
    const text = value === LACKING ? undefined : jsonText(value);
    if (text !== undefined) return text;
    const depth = depths.at(-1 - lookup.levels) ?? 0;
    const path = [...way.slice(0, depth), ...lookup.keys.slice(0, 1)];
    const place = beforeList(way, depth);
    lackingValues.set(JSON.stringify([path, place]), { path, place });
    return undefined;
  };

  batch.paths.forEach((path, pathIndex) =>
    visitBelow(tree, path, (object, at) => {
      const { holder, key } = at;
      const text = write(object, isPlain)?.text;
      if (text === undefined) {
        for (const name of namesLacking(object, batch.requires)) lacking.add(name);
        return;
      }
      const values = contexts.map(({ lookups }) => textAbove(at, lookups));
      const name = JSON.stringify(values.map((value) => value ?? null));
      let group = groups.get(name);
      if (group === undefined) groups.set(name, (group = new GroupOfPlaces(values, batch.paths.length)));
      group.add(text, { pathIndex, holder, key });
    }),
  );
  const collected = [...groups.values()].map((group) => group.collected());
  return { groups: collected, lackingValues: [...lackingValues.values()], lacking };
}

/** A way up to where it enters a list for the first time below a depth. */
function beforeList(way: ResultPath, depth: number): ResultPath {
  const list = way.findIndex((key, index) => index >= depth && typeof key === 'number');
  return list === -1 ? [...way] : way.slice(0, list);
}

interface PlaceInGroup {
  readonly pathIndex: number;
  readonly holder: Holder;
  readonly key: string | number;
}

class GroupOfPlaces {
  readonly #values: ContextGroup['values'];
  readonly #places: { holders: Holder[]; keys: (string | number)[]; indexes: number[] }[];
  readonly #indexes = new Map<string, number>();

  constructor(values: ContextGroup['values'], pathCount: number) {
    this.#values = values;
    this.#places = Array.from({ length: pathCount }, () => ({ holders: [], keys: [], indexes: [] }));
  }

  add(representation: string, { pathIndex, holder, key }: PlaceInGroup): void {
    const index = this.#indexes.get(representation) ?? this.#indexes.size;
    this.#indexes.set(representation, index);
    const places = this.#places[pathIndex];
    places?.holders.push(holder);
    places?.keys.push(key);
    places?.indexes.push(index);
  }

  collected(): ContextGroup {
    const texts = [...this.#indexes.keys()];
    const counted = { count: texts.length, representations: texts.join(','), texts: () => texts };
    // Nothing is shared between places whose objects above differ.
    const entities = { ...counted, places: this.#places, isEachOnce: false, lacking: NONE };
    return { values: this.#values, entities };
  }
}

const NONE: ReadonlySet<string> = new Set();

const LACKING = Symbol('a value that is not there');

interface FoundAbove {
  readonly value: unknown;
  readonly lookup: ContextLookup;
}

/** The value for an entity below these objects, from the root on; undefined where no object is of a type that is meant. */
function valueAbove(
  above: readonly ResultObject[],
  lookups: readonly ContextLookup[],
  interfaces: ReadonlySet<string> | undefined,
): FoundAbove | undefined {
  for (const lookup of lookups) {
    const { levels, types, keys } = lookup;
    const object = above.at(-1 - levels);
    if (object === undefined) continue;
    const isOnlyType = types === undefined || object === above[0];
    const name = object['__typename'];
    if (!isOnlyType && (typeof name !== 'string' || interfaces?.has(name) === true)) return { value: LACKING, lookup };
    if (isOnlyType || isOfType(object, types)) return { value: valueBelow(object, keys), lookup };
  }
  return undefined;
}

function valueBelow(value: unknown, [key, ...others]: readonly string[]): unknown {
  if (value === undefined) return LACKING;
  if (key === undefined || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => valueBelow(item, [key, ...others]));
    return items.includes(LACKING) ? LACKING : items;
  }
  return isObject(value) ? valueBelow(ownValue(value, key), others) : LACKING;
}

interface PlaceBelow {
  readonly holder: Holder;
  readonly key: string | number;
  /** The objects from the root down to the one at the place. */
  readonly above: readonly ResultObject[];
  /** The way to it from the root. */
  readonly way: ResultPath;
  /** How far along the way each of the objects above stands. */
  readonly depths: readonly number[];
}

/** Visits the objects at a path with those above them; an object that stands at several places, at each of them. */
function visitBelow(tree: ResultObject, path: Path, visit: (object: ResultObject, place: PlaceBelow) => void): void {
  const above: ResultObject[] = [];
  const way: (string | number)[] = [];
  const depths: number[] = [];
  const along = (key: string | number, go: () => void): void => {
    way.push(key);
    go();
    way.pop();
  };
  const descend = (value: unknown, place: Pick<PlaceBelow, 'holder' | 'key'>, at: number): void => {
    if (Array.isArray(value)) {
      const next = afterList(path, at);
      const holder = value as unknown as Holder;
      if (next !== undefined) value.forEach((item, key) => along(key, () => descend(item, { holder, key }, next)));
      return;
    }
    if (!isObject(value)) return;
    const segment = path[at];
    if (segment?.kind === 'type') {
      if (isOfType(value, segment.types)) descend(value, place, at + 1);
      return;
    }
    above.push(value);
    depths.push(way.length);
    if (segment === undefined) visit(value, { ...place, above, way, depths });
    else if (segment.kind === 'key') {
      const { key } = segment;
      along(key, () => descend(ownValue(value, key), { holder: value, key }, at + 1));
    }
    depths.pop();
    above.pop();
  };
  descend(tree, { holder: { tree }, key: 'tree' }, 0);
}
