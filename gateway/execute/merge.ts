import { isFieldsOwnKey } from '../lib/tree-key.ts';
import { IRRECONCILABLE } from './irreconcilable.ts';
import { isObject, ownValue } from './places.ts';
import type { ResultObject } from './result-tree.ts';
import type { SharedObjects } from './shared-objects.ts';

/** What merging has to know of the result. */
export interface MergeRules {
  /** Names that a subgraph with `@interfaceObject` may give as `__typename` where others know the object's own type. */
  readonly interfaces?: ReadonlySet<string> | undefined;
  /** Objects that stand at several places: what is merged into what contains one of them is meant for one place. */
  readonly shared?: SharedObjects | undefined;
  /** How many of their places have got a copy of their own: whoever knows of places from before has to look again. */
  partings?: number;
  /** How many values have been found that subgraphs gave in shapes that cannot be one. */
  conflicts?: number;
  /** For what is deferred: what others found keeps its shape, though it was asked for again and has changed since. */
  readonly isLater?: boolean | undefined;
}

/**
 * Merges what a subgraph answered into an object of the result, key by key, lists item by item. Parts of `source` become parts of
 * `target`, so a source is merged into one place only: see `copyOf`. A subgraph that knows an interface as an object
 * (`@interfaceObject`) answers with the interface's name: such a `__typename` never replaces one that is there. Where the two
 * have shapes that cannot be one, `IRRECONCILABLE` takes the place of both; of two scalars the later stands.
 */
export function merge(target: ResultObject, source: ResultObject, rules: MergeRules = {}): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined) continue;
    const present = ownValue(target, key);
    if (present === undefined) setOwn(target, key, value);
    else if (key !== '__typename' || rules.interfaces?.has(value as string) !== true)
      setOwn(target, key, mergedValue(present, value, key, rules));
  }
}

/** A copy that shares nothing with the answer it is made of. */
export function copyOf(value: ResultObject): ResultObject {
  const copy: ResultObject = {};
  for (const key of Object.keys(value)) setOwn(copy, key, copyOfValue(value[key]));
  return copy;
}

/** Sets a key as data, whatever its name: an alias may be `__proto__`. */
export function setOwn(object: ResultObject, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

/** What becomes of two values of one key. A null never takes the place of what another subgraph knows. */
export function mergedValue(present: unknown, value: unknown, key: string, rules: MergeRules): unknown {
  if (value === null) return present;
  if (present === null) return value;
  if (isObject(present) && isObject(value) && areOfOneType(present, value, rules)) {
    const target = rules.shared?.has(present) === true ? parted(present, rules) : present;
    merge(target, value, rules);
    return target;
  }
  if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) {
    const items: unknown[] = present;
    for (let index = 0; index < items.length; index += 1)
      items[index] = mergedValue(items[index], value[index], key, rules);
    return items;
  }
  if (typeof present !== 'object' && typeof value !== 'object') return present === IRRECONCILABLE ? present : value;
  if (present === IRRECONCILABLE || (rules.isLater === true && !isFieldsOwnKey(key))) return present;
  return irreconcilable(rules);
}

/** Whether two answers are about an object of one type, as far as they say. */
export function areOfOneType(present: ResultObject, value: ResultObject, { interfaces }: MergeRules): boolean {
  const given = value['__typename'];
  if (typeof given !== 'string') return true;
  const known = present['__typename'];
  if (known === given || typeof known !== 'string') return true;
  return interfaces?.has(known) === true || interfaces?.has(given) === true;
}

/** Notes that a value cannot be had; gives what stands in its place. */
export function irreconcilable(rules: MergeRules): typeof IRRECONCILABLE {
  rules.conflicts = (rules.conflicts ?? 0) + 1;
  return IRRECONCILABLE;
}

function parted(object: ResultObject, rules: MergeRules): ResultObject {
  rules.partings = (rules.partings ?? 0) + 1;
  return copyOf(object);
}

/** See `copyOf`. */
export function copyOfValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOfValue);
  return isObject(value) ? copyOf(value) : value;
}
