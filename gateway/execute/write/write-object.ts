import type { ExplainedPlaces } from '../explained-places.ts';
import { IRRECONCILABLE } from '../irreconcilable.ts';
import { jsonText } from '../json-text.ts';
import { ownValue } from '../places.ts';
import type { AbstractShape, ListShape, ObjectFields, ValueShape } from '../projection-shape.ts';
import type { LocatedError, ResultObject } from '../result-tree.ts';
import type { SharedObjects } from '../shared-objects.ts';
import { generateWriter } from './generate-writer.ts';
import { writeAgain, type Output } from './output.ts';
import { writeAscii, writeInteger, writeString, writeText } from './write-scalar.ts';

/** What the writing of one result carries along. */
export interface Writing extends Output {
  /** The way to the value at hand. */
  readonly path: (string | number)[];
  readonly errors: LocatedError[];
  /** Where the fetches left errors: a null there has been explained. */
  readonly explained: ExplainedPlaces;
  /** Objects that stand at many places, which are written once and copied; undefined where they may differ from place to place. */
  readonly shared: SharedObjects | undefined;
}

/** What a writing begins with. */
interface Beginning extends Pick<Writing, 'isPlain' | 'path' | 'explained' | 'shared'> {
  /** How long what is to be written is likely to be. */
  readonly expectedBytes: number;
}

/** Begins to write: everywhere here, so that to V8 all writings are of one form. */
export function beginWriting({ expectedBytes, isPlain, path, explained, shared }: Beginning): Writing {
  return { bytes: Buffer.allocUnsafe(expectedBytes), isPlain, path, errors: [], explained, shared };
}

/**
 * Writes a value from a place of the output on. Gives the place behind it, or -1 for a null that its position cannot take: whatever
 * takes it instead is written from where that began.
 */
export type WriteValue = (value: unknown, shape: ValueShape, writing: Writing, at: number) => number;

const MAX_ERRORS = 100;

/**
 * Writes the client's object, as JSON, of a subgraph's (GraphQL specification, section 6.4.3), which is left as it was: answers may
 * be shared. Gives the place behind it, or -1 for an object that cannot be, because null stands where the schema has none.
 */
export function writeObject(
  source: Readonly<ResultObject>,
  fields: ObjectFields,
  writing: Writing,
  at: number,
): number {
  const known = writing.shared?.at(fields.depth, source);
  // An error names its place: at another place there will be another. And only with one may what was written have been taken back.
  if (known === undefined || writing.errors.length > 0) return writeFields(source, fields, writing, at);
  if (known.writtenTo === writing && known.writtenFor === fields) return writeAgain(writing, at, known);
  const end = writeFields(source, fields, writing, at);
  if (writing.errors.length === 0) Object.assign(known, { writtenTo: writing, writtenFor: fields, start: at, end });
  return end;
}

function writeFields(source: Readonly<ResultObject>, fields: ObjectFields, writing: Writing, start: number): number {
  if (fields.generated !== undefined) return fields.generated(source, writing, start);
  if (fields.objectsUntilGenerated === 0) fields.generated = generateWriter(fields.list, writeValue);
  fields.objectsUntilGenerated -= 1;
  const { path } = writing;
  const depth = path.push('') - 1;
  let at = writeAscii(writing, start, '{');
  for (const { key, opening, source: sourceKey, value: shape } of fields.list) {
    path[depth] = key;
    at = writeValue(ownValue(source, sourceKey), shape, writing, writeAscii(writing, at, opening));
    if (at === -1) break;
  }
  path.pop();
  return at === -1 ? -1 : writeAscii(writing, at, '}');
}

/** Writes a value of any shape: see `WriteValue`. */
export function writeValue(value: unknown, shape: ValueShape, writing: Writing, at: number): number {
  const end =
    value == null && shape.kind !== 'typename' ? refusedNull(shape, writing) : written(value, shape, writing, at);
  return end === -1 && shape.isNullable ? writeAscii(writing, at, 'null') : end;
}

function refusedNull({ isNullable, coordinate }: ValueShape, writing: Writing): -1 {
  if (!isNullable && !isExplained(writing))
    addError(writing, `There is no value for the non-null field ${coordinate}.`);
  return -1;
}

/** Writes what is not null, or gives -1. */
function written(value: unknown, shape: ValueShape, writing: Writing, at: number): number {
  switch (shape.kind) {
    // These first: scalars that fit are written by generated code.
    case 'object':
      if (isObject(value)) return writeObject(value, (shape.fields ??= shape.compile()), writing, at);
      break;
    case 'list':
      if (Array.isArray(value)) return writeList(value, shape, writing, at);
      break;
    case 'abstract':
      if (isObject(value)) return writeAbstract(value, shape, writing, at);
      break;
    case 'typename':
      return writeAscii(writing, at, shape.text);
    case 'string':
      if (typeof value === 'string') return writeString(writing, at, value);
      break;
    case 'id':
      if (typeof value === 'string') return writeString(writing, at, value);
      // A greater integer has been rounded when it was read: it would name something else.
      if (typeof value === 'number' && Number.isSafeInteger(value)) return writeAscii(writing, at, `"${value}"`);
      break;
    case 'int':
      if (typeof value === 'number' && (value | 0) === value) return writeInteger(writing, at, value);
      break;
    case 'float':
      if (typeof value === 'number' && Number.isFinite(value)) return writeAscii(writing, at, String(value));
      break;
    case 'boolean':
      if (typeof value === 'boolean') return writeAscii(writing, at, value ? 'true' : 'false');
      break;
    case 'enum':
      if (typeof value === 'string' && shape.names.has(value)) return writeString(writing, at, value);
      break;
    case 'any': {
      if (typeof value === 'string') return writeString(writing, at, value);
      const text = jsonText(value);
      if (text !== undefined) return writeText(writing, at, text);
      break;
    }
  }
  const isConflict = shape.kind === 'any' || value === IRRECONCILABLE;
  if (!isConflict || !isExplained(writing)) addError(writing, `The value for ${shape.coordinate} is not of its type.`);
  return -1;
}

function isObject(value: unknown): value is Readonly<ResultObject> {
  return typeof value === 'object' && !Array.isArray(value);
}

function writeList(values: readonly unknown[], { item }: ListShape, writing: Writing, start: number): number {
  const { path } = writing;
  const depth = path.push(0) - 1;
  let at = writeAscii(writing, start, '[');
  for (let index = 0; index < values.length; index += 1) {
    path[depth] = index;
    at = writeValue(values[index], item, writing, index === 0 ? at : writeAscii(writing, at, ','));
    if (at === -1) break;
  }
  path.pop();
  return at === -1 ? -1 : writeAscii(writing, at, ']');
}

function writeAbstract(source: Readonly<ResultObject>, shape: AbstractShape, writing: Writing, at: number): number {
  const given = source['__typename'] ?? '';
  const typename = typeof given === 'string' ? given : undefined;
  const fields = typename === undefined ? undefined : (shape.fieldsByType.get(typename) ?? shape.compile(typename));
  if (fields !== undefined) return writeObject(source, fields, writing, at);
  // Whoever was to tell the type of the object may have failed.
  const isTold = typename !== undefined && shape.isVague(typename) && isExplained(writing);
  if (!isTold) addError(writing, `The object for ${shape.coordinate} is of no type that can stand there.`);
  return -1;
}

function isExplained({ explained, path }: Writing): boolean {
  return explained.has(path);
}

/** The value is not in the message: it may be what the schema hides. */
function addError({ errors, path }: Writing, message: string): void {
  if (errors.length >= MAX_ERRORS) return;
  errors.push({ message, path: [...path], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } });
}
