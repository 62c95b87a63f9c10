import type { Part } from './read-parts.ts';

/** What all parts of an answer come to: as a client puts them together. */
export function mergeParts(parts: readonly Part[]): Pick<Part, 'data' | 'errors'> {
  const [first, ...rest] = parts;
  let data: unknown = first?.data ?? null;
  const errors = [...(first?.errors ?? [])];
  for (const { incremental = [], errors: failures = [] } of rest) {
    errors.push(...failures);
    for (const one of incremental) {
      if (one.data !== null) data = mergedAt(data, one.path, one.data);
      errors.push(...(one.errors ?? []));
    }
  }
  return { data: data as Part['data'] & object, ...(errors.length > 0 && { errors }) };
}

function mergedAt(target: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return merged(target, value);
  if (!isObject(target) || target[key] === undefined || target[key] === null)
    throw new Error(`a part belongs to what is not there: ${String(key)}`);
  if (Array.isArray(target)) return target.with(Number(key), mergedAt(target[Number(key)], rest, value));
  return { ...target, [key]: mergedAt(target[key], rest, value) };
}

function merged(target: unknown, value: unknown): unknown {
  if (Array.isArray(target) && Array.isArray(value)) {
    if (target.length !== value.length) throw new Error('a part has a list of another length');
    return value.map((item, index) => merged(target[index], item));
  }
  if (!isObject(target) || !isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, merged(target[key], inner)] as const);
  return { ...target, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
