import {
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isUnionType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, type FieldGroups, type SelectionContext } from './collect-fields.ts';
import { fieldShape, leafShape, ownLeaf } from './leaf-shape.ts';
import type { AbstractShape, FieldShape, ObjectFields, ValueShape } from './projection-shape.ts';

export interface ShapeContext extends SelectionContext {
  /** After how many objects of the same fields code is made for them. */
  readonly generateAfter: number;
}

/** What is asked of an object to which `depth` keys lead. */
export interface CollectedFields {
  readonly groups: FieldGroups;
  readonly depth: number;
}

/** Works out what may stand in each of the fields that an object of this type has in the answer, and below it. */
export function compileFields(
  context: ShapeContext,
  type: GraphQLCompositeType,
  { groups, depth }: CollectedFields,
): ObjectFields {
  const list: FieldShape[] = [];
  for (const [key, nodes] of groups) {
    const source = nodes[0] === undefined ? key : context.sourceKey(nodes[0]);
    const field = { key, source, isFirst: list.length === 0 };
    const leaf = source === key && nodes[0]?.name.value === key ? ownLeaf(type, key, field.isFirst) : undefined;
    const value = leaf === undefined ? shapeOfField(context, type, { nodes, depth: depth + 1 }) : undefined;
    if (leaf !== undefined) list.push(leaf);
    else if (value !== undefined) list.push(fieldShape(field, value));
  }
  return { depth, list, objectsUntilGenerated: context.generateAfter, generated: undefined };
}

/** Fields that the schema lacks are left out, as the specification has it; validation lets none through. */
function shapeOfField(
  context: ShapeContext,
  parent: GraphQLCompositeType,
  { nodes, depth }: { readonly nodes: readonly FieldNode[]; readonly depth: number },
): ValueShape | undefined {
  const name = nodes[0]?.name.value ?? '';
  const coordinate = `${parent.name}.${name}`;
  if (name === '__typename') return { kind: 'typename', isNullable: false, coordinate, text: `"${parent.name}"` };
  if (parent === context.schema.getQueryType()) {
    if (name === '__schema') return { kind: 'any', isNullable: false, coordinate };
    if (name === '__type') return { kind: 'any', isNullable: true, coordinate };
  }
  const field = fieldOf(context.schema, parent, name);
  if (field === undefined) return undefined;
  const selectionSets = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
  return shapeOfValue(context, field.type, { coordinate, selectionSets, depth });
}

/** Of objects of which no more is known, fragments may ask for what all of them have, and their interface has not. */
function fieldOf(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  const own = isUnionType(parent) ? undefined : parent.getFields()[name];
  if (own !== undefined || !isAbstractType(parent)) return own;
  return schema.getPossibleTypes(parent)[0]?.getFields()[name];
}

/** Works out what the objects of a type look like of which a deferred fragment asks something; where one cannot be, null stands. */
export function compileFragment(
  context: ShapeContext,
  type: GraphQLCompositeType,
  selectionSet: SelectionSetNode,
): ValueShape {
  return shapeOfValue(context, type, { coordinate: type.name, selectionSets: [selectionSet], depth: 0 });
}

interface Field {
  readonly coordinate: string;
  readonly selectionSets: readonly SelectionSetNode[];
  /** How many keys lead to the value. */
  readonly depth: number;
}

function shapeOfValue(context: ShapeContext, outputType: GraphQLOutputType, field: Field): ValueShape {
  const isNullable = !isNonNullType(outputType);
  const type = isNonNullType(outputType) ? outputType.ofType : outputType;
  const position = { isNullable, coordinate: field.coordinate };
  if (isListType(type)) return { kind: 'list', ...position, item: shapeOfValue(context, type.ofType, field) };
  if (isLeafType(type)) return leafShape(type, position);
  if (isAbstractType(type)) return abstractShape(context, type, { ...field, ...position });
  const { selectionSets, depth } = field;
  const compile = (): ObjectFields => {
    const groups = collectFields(context, type, selectionSets) ?? new Map<string, FieldNode[]>();
    return compileFields(context, type, { groups, depth });
  };
  return { kind: 'object', ...position, fields: undefined, compile };
}

function abstractShape(
  context: ShapeContext,
  type: GraphQLAbstractType,
  { selectionSets, depth, isNullable, coordinate }: Field & { readonly isNullable: boolean },
): AbstractShape {
  const fieldsByType = new Map<string, ObjectFields>();
  return {
    kind: 'abstract',
    isNullable,
    coordinate,
    fieldsByType,
    compile: (typename) => {
      const known = knownType(context.schema, type, typename);
      const groups = known && collectFields(context, known, selectionSets);
      if (known === undefined || groups === undefined) return undefined;
      const fields = compileFields(context, known, { groups, depth });
      // Not the answer's own string, which may be a part of all that the answer says.
      fieldsByType.set(typename === '' ? '' : known.name, fields);
      return fields;
    },
    isVague: (typename) => isAbstractType(knownType(context.schema, type, typename)),
  };
}

/**
 * What is known of an object's type. A subgraph with `@interfaceObject` calls an object by the name of the interface, or, asked for
 * nothing but its fields, by no name: then it is an object of the interface, whichever of its types it may be.
 */
function knownType(
  schema: GraphQLSchema,
  declared: GraphQLAbstractType,
  typename: string,
): GraphQLCompositeType | undefined {
  if (typename === '' || typename === declared.name) return declared;
  const type = schema.getType(typename);
  if (!isCompositeType(type) || isUnionType(type)) return undefined;
  return schema.isSubType(declared, type) ? type : undefined;
}
