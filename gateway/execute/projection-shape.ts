import type { ResultObject } from './result-tree.ts';
import type { Writing } from './write/write-object.ts';

/**
 * The fields of an object, and code made for them once enough such objects have come to be worth it. Making code takes about as
 * long as writing a hundred objects without.
 */
export interface ObjectFields {
  /** How many keys lead to such an object from the root, or from where a deferred fragment stands. */
  readonly depth: number;
  readonly list: readonly FieldShape[];
  objectsUntilGenerated: number;
  generated: WriteFields | undefined;
}

/** Writes an object of known fields: see `writeObject`. */
export type WriteFields = (source: Readonly<ResultObject>, writing: Writing, at: number) => number;

/**
 * The client's selection, worked out for one combination of `@skip` and `@include`: which fields an object has in the answer, in
 * which order, and what may stand in each. No directive, fragment or duplicate is left in it.
 */
export interface FieldShape {
  /** The response key: the alias, or else the name. */
  readonly key: string;
  /** The key under which the value stands in the tree. */
  readonly source: string;
  /** What is written before the value: the key, and a comma before it where it is not the first. */
  readonly opening: string;
  readonly value: ValueShape;
}

export type ValueShape = LeafShape | EnumShape | ListShape | ObjectShape | AbstractShape | TypenameShape;

interface Position {
  readonly isNullable: boolean;
  /** The field in the schema, as `Type.field`: errors name it. */
  readonly coordinate: string;
}

export interface LeafShape extends Position {
  /** `any` is a custom scalar: JSON of every form. */
  readonly kind: 'string' | 'int' | 'float' | 'boolean' | 'id' | 'any';
}

export interface EnumShape extends Position {
  readonly kind: 'enum';
  readonly names: ReadonlySet<string>;
}

export interface ListShape extends Position {
  readonly kind: 'list';
  readonly item: ValueShape;
}

/** An object whose type stands in the schema. Its fields are worked out when the first such object comes. */
export interface ObjectShape extends Position {
  readonly kind: 'object';
  fields: ObjectFields | undefined;
  readonly compile: () => ObjectFields;
}

/** An object whose type stands in its own `__typename`: each type has its own fields. */
export interface AbstractShape extends Position {
  readonly kind: 'abstract';
  /** By the value of `__typename`; where it is missing, by the empty string. Only types that are possible here get in. */
  readonly fieldsByType: Map<string, ObjectFields>;
  /** Undefined when no such object may stand here, or when its type is not known well enough to tell which fields it has. */
  readonly compile: (typename: string) => ObjectFields | undefined;
  /** Whether an object with this `__typename`, or an empty one for none, may be here and be of several types. */
  readonly isVague: (typename: string) => boolean;
}

/** `__typename`, known from the schema or from the object's type. */
export interface TypenameShape extends Position {
  readonly kind: 'typename';
  /** The name, as JSON. */
  readonly text: string;
}
