import type { ExplainedPlaces } from './explained-places.ts';
import { generateWriter } from './generate-writer.ts';
import { IRRECONCILABLE } from './irreconcilable.ts';
import { inOnePiece } from '../lib/in-one-piece.ts';
import { jsonString, jsonText } from './json-text.ts';
import { ownValue } from './places.ts';
import type { AbstractShape, ListShape, ObjectFields, ValueShape } from './projection-shape.ts';
import type { LocatedError, ResultObject, SharedObjects } from './result-tree.ts';

/** What the writing of one result carries along. */
export interface Writing {
  /** The way to the value at hand; only as much of it holds as the value is deep. One array for all, so that values cost nothing. */
  readonly path: (string | number)[];
  readonly errors: LocatedError[];
  /** Where the fetches left errors: a null there has been explained. */
  readonly explained: ExplainedPlaces;
  /** Objects that stand at many places, whose text is written once; undefined where it may differ from place to place. */
  readonly shared: SharedObjects | undefined;
  /** Whether every string can be written as it is. */
  readonly isPlain: boolean;
}

const MAX_ERRORS = 100;

/**
 * Writes the client's object, as JSON, of a subgraph's (GraphQL specification, section 6.4.3), which is left as it was: answers may
 * be shared. Undefined stands for an object that cannot be, because null stands where the schema has none: its own place takes the
 * null.
 */
export function writeObject(
  source: Readonly<ResultObject>,
  fields: ObjectFields,
  writing: Writing,
  depth: number,
): string | undefined {
  const known = writing.shared?.get(source);
  if (known === undefined) return writeFields(source, fields, writing, depth);
  if (known.writtenFor === fields) return known.text;
  const errorsBefore = writing.errors.length;
  const text = writeFields(source, fields, writing, depth);
  // An error names its place: at another place there will be another.
  if (text !== undefined && writing.errors.length === errorsBefore) {
    known.writtenFor = fields;
    known.text = inOnePiece(text);
  }
  return text;
}

function writeFields(
  source: Readonly<ResultObject>,
  fields: ObjectFields,
  writing: Writing,
  depth: number,
): string | undefined {
  if (fields.generated !== undefined) return fields.generated(source, writing, depth);
  if (fields.objectsUntilGenerated === 0) fields.generated = generateWriter(fields.list, writeValue);
  fields.objectsUntilGenerated -= 1;
  let text = '{';
  for (const { key, opening, source: sourceKey, value: shape } of fields.list) {
    writing.path[depth] = key;
    const written = writeValue(ownValue(source, sourceKey), shape, writing, depth + 1);
    if (written === undefined) return undefined;
    text += opening + written;
  }
  return `${text}}`;
}

/** Writes a value of any shape. Undefined stands for a null that this position cannot take. */
export function writeValue(value: unknown, shape: ValueShape, writing: Writing, depth: number): string | undefined {
  if (shape.kind === 'typename') return shape.text;
  if (value == null) {
    if (!shape.isNullable) refuseNull(shape, writing, depth);
    return nullOf(shape);
  }
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return jsonString(value, writing.isPlain);
      break;
    case 'id':
      if (typeof value === 'string') return jsonString(value, writing.isPlain);
      // A greater integer has been rounded when it was read: it would name something else.
      if (typeof value === 'number' && Number.isSafeInteger(value)) return `"${value}"`;
      break;
    case 'int':
      if (typeof value === 'number' && (value | 0) === value) return String(value);
      break;
    case 'float':
      if (typeof value === 'number' && Number.isFinite(value)) return String(value);
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value ? 'true' : 'false';
      break;
    case 'enum':
      if (typeof value === 'string' && shape.names.has(value)) return `"${value}"`;
      break;
    case 'any': {
      const text = jsonText(value);
      if (text !== undefined) return text;
      break;
    }
    case 'list':
      if (!Array.isArray(value)) break;
      return writeList(value, shape, writing, depth) ?? nullOf(shape);
    case 'object':
      if (!isObject(value)) break;
      return writeObject(value, (shape.fields ??= shape.compile()), writing, depth) ?? nullOf(shape);
    case 'abstract':
      if (!isObject(value)) break;
      return writeAbstract(value, shape, writing, depth) ?? nullOf(shape);
  }
  const isConflict = shape.kind === 'any' || value === IRRECONCILABLE;
  if (!isConflict || !isExplained(writing, depth))
    addError(writing, depth, `The value for ${shape.coordinate} is not of its type.`);
  return nullOf(shape);
}

function nullOf({ isNullable }: ValueShape): string | undefined {
  return isNullable ? 'null' : undefined;
}

function isObject(value: unknown): value is Readonly<ResultObject> {
  return typeof value === 'object' && !Array.isArray(value);
}

function writeList(
  values: readonly unknown[],
  { item }: ListShape,
  writing: Writing,
  depth: number,
): string | undefined {
  let text = '[';
  for (let index = 0; index < values.length; index += 1) {
    writing.path[depth] = index;
    const written = writeValue(values[index], item, writing, depth + 1);
    if (written === undefined) return undefined;
    text += index === 0 ? written : `,${written}`;
  }
  return `${text}]`;
}

function writeAbstract(
  source: Readonly<ResultObject>,
  shape: AbstractShape,
  writing: Writing,
  depth: number,
): string | undefined {
  const given = source['__typename'] ?? '';
  const typename = typeof given === 'string' ? given : undefined;
  const fields = typename === undefined ? undefined : (shape.fieldsByType.get(typename) ?? shape.compile(typename));
  if (fields !== undefined) return writeObject(source, fields, writing, depth);
  // Whoever was to tell the type of the object may have failed.
  const isTold = typename !== undefined && shape.isVague(typename) && isExplained(writing, depth);
  if (!isTold) addError(writing, depth, `The object for ${shape.coordinate} is of no type that can stand there.`);
  return undefined;
}

function refuseNull({ coordinate }: ValueShape, writing: Writing, depth: number): void {
  if (isExplained(writing, depth)) return;
  addError(writing, depth, `There is no value for the non-null field ${coordinate}.`);
}

function isExplained({ explained, path }: Writing, depth: number): boolean {
  return explained.has(path, depth);
}

/** The value is not in the message: it may be what the schema hides. */
function addError({ errors, path }: Writing, depth: number, message: string): void {
  if (errors.length >= MAX_ERRORS) return;
  errors.push({ message, path: path.slice(0, depth), extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } });
}
