import { isObject, ownValue } from './places.ts';
import type { ResultObject } from './result-tree.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Merges what a subgraph answered into an object of the result, key by key, lists item by item. Parts of `source` become parts of
 * `target`, so a source is merged into one place only: see `copyOf`. A subgraph that knows an interface as an object
 * (`@interfaceObject`) answers with the interface's name: a `__typename` among `interfaces` never replaces one that is there.
 */
export function merge(target: ResultObject, source: ResultObject, interfaces: ReadonlySet<string> = NONE): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const present = ownValue(target, key);
    const isLessPrecise = key === '__typename' && present !== undefined && interfaces.has(value as string);
    if (!isLessPrecise) setOwn(target, key, mergedValue(present, value, interfaces));
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

function mergedValue(present: unknown, value: unknown, interfaces: ReadonlySet<string>): unknown {
  if (isObject(present) && isObject(value)) {
    merge(present, value, interfaces);
    return present;
  }
  if (Array.isArray(present) && Array.isArray(value) && present.length === value.length) {
    const items: unknown[] = present;
    for (let index = 0; index < items.length; index += 1)
      items[index] = mergedValue(items[index], value[index], interfaces);
    return items;
  }
  return value;
}

function copyOfValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOfValue);
  return isObject(value) ? copyOf(value) : value;
}
