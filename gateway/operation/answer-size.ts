import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from '../context.ts';

/** The arguments that say how long a page may be (GraphQL Cursor Connections specification, section 4). */
const PAGE_ARGUMENTS = new Set(['first', 'last']);

/**
 * How many fields an answer may hold at most, as far as can be told before it is asked for: pages within pages multiply, so that a
 * short operation can ask for more than any server holds. A list is as long as its `first` or `last`, or that of the connection
 * which it is in, allows; where nothing is said, as `assumedListLength`. Of a valid operation, whose fragments the limit of fields
 * keeps from multiplying.
 */
export function answerSize(
  schema: GraphQLSchema,
  { definition, fragments, variables }: Pick<Operation, 'definition' | 'fragments' | 'variables'>,
  assumedListLength: number,
): number {
  function sizeOf({ selections }: SelectionSetNode, parent: GraphQLCompositeType, page: number | undefined): number {
    let size = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) size += sizeOfField(selection, parent, page);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        const type = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
        if (fragment !== undefined) size += sizeOf(fragment.selectionSet, isCompositeType(type) ? type : parent, page);
      }
    }
    return size;
  }

  function sizeOfField(node: FieldNode, parent: GraphQLCompositeType, page: number | undefined): number {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    if (field === undefined || node.selectionSet === undefined || !isCompositeType(type)) return 1;
    const length = pageLength(field, node, variables);
    if (!isListType(getNullableType(field.type))) return 1 + sizeOf(node.selectionSet, type, length);
    return (length ?? page ?? assumedListLength) * (1 + sizeOf(node.selectionSet, type, undefined));
  }

  const root = schema.getRootType(definition.operation);
  return root == null ? 0 : sizeOf(definition.selectionSet, root, undefined);
}

/** How long a page a field is asked for, by its argument or that argument's default; undefined when neither says. */
function pageLength(
  { args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Operation['variables'],
): number | undefined {
  for (const { name, defaultValue } of args) {
    if (!PAGE_ARGUMENTS.has(name)) continue;
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    const length = value?.kind === Kind.INT ? Number(value.value) : (given ?? defaultValue);
    if (typeof length === 'number') return Math.max(0, length);
  }
  return undefined;
}
