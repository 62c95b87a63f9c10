/** What values of JSON have in common: which keys in which order, and of which kind what stands there is. Null may stand anywhere. */
export type JsonShape =
  | { readonly kind: 'null' | 'string' | 'number' | 'boolean' }
  | { readonly kind: 'list'; readonly item: JsonShape }
  | { readonly kind: 'object'; readonly fields: readonly JsonField[] };

export interface JsonField {
  readonly key: string;
  readonly value: JsonShape;
}

/** Of what nothing but null was seen, and of the items of empty lists. */
export const UNSEEN: JsonShape = { kind: 'null' };

const MAX_DEPTH = 32;
const MAX_FIELDS = 100;

/** The keys that a shape may have. */
type Keys = ReadonlySet<string>;

/**
 * The shape that values of `known` and `value`, which was read from JSON, have in common. Undefined where there is none: objects of several
 * kinds in one place, scalars of several kinds, other keys than those given, as in what a scalar of the schema's own may hold.
 */
export function shapeWith(known: JsonShape, value: unknown, keys: Keys, depth = 0): JsonShape | undefined {
  if (value === null) return known;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return listWith(known, value, keys, depth);
  if (typeof value === 'object') return objectWith(known, value as Readonly<Record<string, unknown>>, keys, depth);
  const kind = typeof value;
  if (kind !== 'string' && kind !== 'number' && kind !== 'boolean') return undefined;
  if (known.kind === kind) return known;
  return known.kind === 'null' ? { kind } : undefined;
}

/** How many fields the objects of a shape have. */
export function fieldCountOf(shape: JsonShape): number {
  if (shape.kind === 'list') return fieldCountOf(shape.item);
  if (shape.kind !== 'object') return 0;
  return shape.fields.reduce((sum, { value }) => sum + 1 + fieldCountOf(value), 0);
}

function listWith(known: JsonShape, items: readonly unknown[], keys: Keys, depth: number): JsonShape | undefined {
  if (known.kind !== 'list' && known.kind !== 'null') return undefined;
  const before = known.kind === 'list' ? known.item : UNSEEN;
  let item: JsonShape | undefined = before;
  for (const one of items) if ((item = shapeWith(item, one, keys, depth + 1)) === undefined) return undefined;
  return known.kind === 'list' && item === before ? known : { kind: 'list', item };
}

function objectWith(
  known: JsonShape,
  object: Readonly<Record<string, unknown>>,
  keys: Keys,
  depth: number,
): JsonShape | undefined {
  if (known.kind !== 'object') return known.kind === 'null' ? newObject(object, keys, depth) : undefined;
  let isSame = true;
  let place = 0;
  const fields: JsonField[] = [];
  for (const key in object) {
    const field = known.fields[place++];
    if (field?.key !== key) return undefined;
    const value = shapeWith(field.value, object[key], keys, depth + 1);
    if (value === undefined) return undefined;
    isSame &&= value === field.value;
    fields.push(value === field.value ? field : { key, value });
  }
  if (place !== known.fields.length) return undefined;
  return isSame ? known : { kind: 'object', fields };
}

function newObject(object: Readonly<Record<string, unknown>>, keys: Keys, depth: number): JsonShape | undefined {
  const names = Object.keys(object);
  if (names.length > MAX_FIELDS || names.some((key) => !keys.has(key))) return undefined;
  const fields: JsonField[] = [];
  for (const key of names) {
    const value = shapeWith(UNSEEN, object[key], keys, depth + 1);
    if (value === undefined) return undefined;
    fields.push({ key, value });
  }
  return { kind: 'object', fields };
}
