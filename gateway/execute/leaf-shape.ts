import {
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isScalarType,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLOutputType,
} from 'graphql';
import type { FieldShape, LeafShape, ValueShape } from './projection-shape.ts';

/** Where a field is written to, and read from. */
interface NamedField extends Pick<FieldShape, 'key' | 'source'> {
  /** Whether it is the first of its object. */
  readonly isFirst: boolean;
}

/** The shape of a field, of what may stand in it. */
export function fieldShape({ key, source, isFirst }: NamedField, value: ValueShape): FieldShape {
  return { key, opening: `${isFirst ? '' : ','}"${key}":`, source, value };
}

/** By fields of the schema: the shape where the field comes first, and where it does not. */
const ownLeaves = new WeakMap<GraphQLField<unknown, unknown>, readonly [first: FieldShape, following: FieldShape]>();

/**
 * The shape of a leaf under its own name: the same object in every operation, as most fields are such. Undefined for a field below
 * which there is something, or that the schema lacks.
 */
export function ownLeaf(parent: GraphQLCompositeType, name: string, isFirst: boolean): FieldShape | undefined {
  const field = isUnionType(parent) ? undefined : parent.getFields()[name];
  if (field === undefined) return undefined;
  let shapes = ownLeaves.get(field);
  if (shapes === undefined) {
    const value = shapeOfLeaf(field.type, `${parent.name}.${name}`);
    if (value === undefined) return undefined;
    const own = { key: name, source: name };
    shapes = [fieldShape({ ...own, isFirst: true }, value), fieldShape({ ...own, isFirst: false }, value)];
    ownLeaves.set(field, shapes);
  }
  return shapes[isFirst ? 0 : 1];
}

/** Undefined where what stands in the field, or in the lists in it, has fields. */
function shapeOfLeaf(outputType: GraphQLOutputType, coordinate: string): ValueShape | undefined {
  const type = getNullableType(outputType);
  const position = { isNullable: !isNonNullType(outputType), coordinate };
  if (isLeafType(type)) return leafShape(type, position);
  const item = isListType(type) ? shapeOfLeaf(type.ofType, coordinate) : undefined;
  return item && { kind: 'list', ...position, item };
}

/** The shape of a scalar or an enum. */
export function leafShape(type: GraphQLLeafType, position: Pick<LeafShape, 'isNullable' | 'coordinate'>): ValueShape {
  if (isScalarType(type)) return { kind: LEAF_KINDS.get(type.name) ?? 'any', ...position };
  return { kind: 'enum', ...position, names: new Set(type.getValues().map(({ name }) => name)) };
}

const LEAF_KINDS: ReadonlyMap<string, LeafShape['kind']> = new Map([
  ['String', 'string'],
  ['Int', 'int'],
  ['Float', 'float'],
  ['Boolean', 'boolean'],
  ['ID', 'id'],
] as const);
