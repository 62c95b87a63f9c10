import type { ExplainedPlaces } from './explained-places.ts';
import { generateCompletion } from './generate-completion.ts';
import type { AbstractShape, ListShape, ObjectFields, ValueShape } from './projection-shape.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';

/** What the completion of one result carries along. */
export interface Completion {
  /** The way to the value at hand; only as much of it holds as the value is deep. One array for all, so that values cost nothing. */
  readonly path: (string | number)[];
  readonly errors: LocatedError[];
  /** Where the fetches left errors: a null there has been explained. */
  readonly explained: ExplainedPlaces;
}

const MAX_ERRORS = 100;

/**
 * Makes the client's object of a subgraph's (GraphQL specification, section 6.4.3), which is left as it was: answers may be shared.
 * Undefined stands for an object that cannot be, because null stands where the schema has none: its own place takes the null.
 */
export function completeObject(
  source: Readonly<ResultObject>,
  fields: ObjectFields,
  completion: Completion,
  depth: number,
): ResultObject | undefined {
  if (fields.generated !== undefined) return fields.generated(source, completion, depth);
  if (fields.objectsUntilGenerated === 0) fields.generated = generateCompletion(fields.list, completeValue);
  fields.objectsUntilGenerated -= 1;
  const target: ResultObject = {};
  for (const { key, source: sourceKey, isInherited, value: shape } of fields.list) {
    const found = isInherited ? ownValue(source, sourceKey) : source[sourceKey];
    completion.path[depth] = key;
    const completed = completeValue(found, shape, completion, depth + 1);
    if (completed === undefined) return undefined;
    if (isInherited) defineOwn(target, key, completed);
    else target[key] = completed;
  }
  return target;
}

function ownValue(source: Readonly<ResultObject>, key: string): unknown {
  return Object.hasOwn(source, key) ? source[key] : undefined;
}

function defineOwn(target: ResultObject, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Undefined stands for a null that this position cannot take. */
function completeValue(value: unknown, shape: ValueShape, completion: Completion, depth: number): unknown {
  if (shape.kind === 'typename') return shape.name;
  if (value == null) {
    if (!shape.isNullable) refuseNull(shape, completion, depth);
    return nullOf(shape);
  }
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'id':
      if (typeof value === 'string') return value;
      // A greater integer has been rounded when it was read: it would name something else.
      if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
      break;
    case 'int':
      if (typeof value === 'number' && (value | 0) === value) return value;
      break;
    case 'float':
      if (Number.isFinite(value)) return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'enum':
      if (typeof value === 'string' && shape.names.has(value)) return value;
      break;
    case 'any':
      return value;
    case 'list':
      if (!Array.isArray(value)) break;
      return completeList(value, shape, completion, depth) ?? nullOf(shape);
    case 'object':
      if (!isObject(value)) break;
      return completeObject(value, (shape.fields ??= shape.compile()), completion, depth) ?? nullOf(shape);
    case 'abstract':
      if (!isObject(value)) break;
      return completeAbstract(value, shape, completion, depth) ?? nullOf(shape);
  }
  addError(completion, depth, `The value for ${shape.coordinate} is not of its type.`);
  return nullOf(shape);
}

function nullOf({ isNullable }: ValueShape): null | undefined {
  return isNullable ? null : undefined;
}

function isObject(value: unknown): value is Readonly<ResultObject> {
  return typeof value === 'object' && !Array.isArray(value);
}

function completeList(
  values: readonly unknown[],
  { item }: ListShape,
  completion: Completion,
  depth: number,
): readonly unknown[] | undefined {
  const target: unknown[] = [];
  let index = 0;
  for (const value of values) {
    completion.path[depth] = index;
    const completed = completeValue(value, item, completion, depth + 1);
    if (completed === undefined) return undefined;
    target.push(completed);
    index += 1;
  }
  return target;
}

function completeAbstract(
  source: Readonly<ResultObject>,
  shape: AbstractShape,
  completion: Completion,
  depth: number,
): ResultObject | undefined {
  const typename = source['__typename'] ?? '';
  const fields =
    typeof typename === 'string' ? (shape.fieldsByType.get(typename) ?? shape.compile(typename)) : undefined;
  if (fields !== undefined) return completeObject(source, fields, completion, depth);
  if (typename !== '' || !isExplained(completion, depth))
    addError(completion, depth, `The object for ${shape.coordinate} is of no type that can stand there.`);
  return undefined;
}

function refuseNull({ coordinate }: ValueShape, completion: Completion, depth: number): void {
  if (isExplained(completion, depth)) return;
  addError(completion, depth, `There is no value for the non-null field ${coordinate}.`);
}

function isExplained({ explained, path }: Completion, depth: number): boolean {
  return explained.has(path, depth);
}

/** The value is not in the message: it may be what the schema hides. */
function addError({ errors, path }: Completion, depth: number, message: string): void {
  if (errors.length >= MAX_ERRORS) return;
  errors.push({ message, path: path.slice(0, depth), extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } });
}
