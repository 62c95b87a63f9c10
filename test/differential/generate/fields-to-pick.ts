import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isIntrospectionType,
  isLeafType,
  isListType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
} from 'graphql';
import type { Samples } from './generate-values.ts';
import type { Source, State } from './operation-state.ts';

type Field = GraphQLField<unknown, unknown>;

/** The fields of a type from which the next selection may be picked, so many levels above the deepest. */
export function fieldsToPick(
  parent: GraphQLObjectType | GraphQLInterfaceType,
  depth: number,
  state: State,
): readonly Field[] {
  const { random, source, isDeep } = state;
  const isQueryRoot = parent === source.schema.getQueryType();
  if (isQueryRoot && depth > 0 && random.chance(0.06)) return [SchemaMetaFieldDef, TypeMetaFieldDef];
  const fields = Object.values(parent.getFields());
  const leaves = fields.filter(({ type }) => isLeafType(getNamedType(type)));
  if (depth <= 0) return leaves;
  if (isIntrospectionType(parent)) return depth === 1 ? fields.filter(isAllowedAnywhere) : fields;
  if (!isDeep) return fields;
  const single = fields.filter((field) => !isList(field) && isCompositeType(getNamedType(field.type)));
  const lists = state.lists > 0 ? fields.filter((field) => isList(field) && !leaves.includes(field)) : [];
  if (single.length > 0 && (lists.length === 0 || random.chance(0.9))) return single;
  return lists.length > 0 ? lists : leaves;
}

/** Values that make sense for the arguments of a field. */
export function samplesFor(field: Field, { schema, samples }: Source): Samples {
  return field === TypeMetaFieldDef ? { name: [...Object.keys(schema.getTypeMap()), 'None'] } : samples;
}

/** Validation refuses introspection that enters three of these within each other. */
const LISTS_OF_THE_SCHEMA: ReadonlySet<string> = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);

function isAllowedAnywhere({ name }: Field): boolean {
  return !LISTS_OF_THE_SCHEMA.has(name);
}

function isList({ type }: Field): boolean {
  return isListType(getNullableType(type));
}
