import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  Kind,
  OperationTypeNode,
  print,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../lib/response-key.ts';

/**
 * Whether a document is one operation of the plainest kind, of which it is seen at once that no rule of validation can find anything
 * wrong: fields of different response keys, with scalars, enum values and variables as arguments. Fragments, directives, subscriptions,
 * introspection and defaults are left to the rules: false means nothing but that they have to be asked, which takes ten times as long.
 */
export function isPlainlyValid(schema: GraphQLSchema, { definitions }: DocumentNode): boolean {
  const [operation, ...others] = definitions;
  if (others.length > 0 || operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION || hasDirectives(operation)) return false;
  const variables = variablesOf(operation);
  const used = new Set<string>();

  function areValid({ selections }: SelectionSetNode, type: GraphQLNamedType): boolean {
    const keys = new Set<string>();
    for (const one of selections) {
      if (one.kind !== Kind.FIELD || hasDirectives(one) || !isValid(one, type)) return false;
      keys.add(responseKeyOf(one));
    }
    return keys.size === selections.length;
  }

  function isValid({ name, arguments: given = [], selectionSet }: FieldNode, parent: GraphQLNamedType): boolean {
    if (name.value === '__typename') return given.length === 0 && selectionSet === undefined;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
    if (field === undefined || !areArgumentsValid(given, field.args)) return false;
    const type = getNamedType(field.type);
    return isLeafType(type) ? selectionSet === undefined : selectionSet !== undefined && areValid(selectionSet, type);
  }

  function areArgumentsValid(given: readonly ArgumentNode[], known: readonly GraphQLArgument[]): boolean {
    if (new Set(given.map(({ name }) => name.value)).size < given.length) return false;
    const isGiven = (one: GraphQLArgument): boolean => given.some(({ name }) => name.value === one.name);
    if (known.some((one) => isRequiredArgument(one) && !isGiven(one))) return false;
    return given.every((one) => {
      const argument = known.find(({ name }) => name === one.name.value);
      return argument !== undefined && isValueValid(one, argument.type);
    });
  }

  function isValueValid({ value }: ArgumentNode, type: GraphQLInputType): boolean {
    if (value.kind === Kind.VARIABLE) {
      const declared = variables?.get(value.name.value);
      used.add(value.name.value);
      return declared === String(type) || declared === `${String(type)}!`;
    }
    const leaf = getNullableType(type);
    if (!isLeafType(leaf) || value.kind === Kind.NULL || value.kind === Kind.LIST || value.kind === Kind.OBJECT)
      return false;
    try {
      return leaf.parseLiteral(value, undefined) !== undefined;
    } catch {
      return false;
    }
  }

  const root = schema.getRootType(operation.operation);
  if (root == null || variables === undefined || !areValid(operation.selectionSet, root)) return false;
  return used.size === variables.size;
}

/** The types of an operation's variables, as they are written; undefined where one of them is not of the plainest kind. */
function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const one of variableDefinitions) {
    const { value: name } = one.variable.name;
    if (one.defaultValue !== undefined || hasDirectives(one) || found.has(name)) return undefined;
    found.set(name, print(one.type));
  }
  return found;
}

function hasDirectives({ directives = [] }: { readonly directives?: readonly unknown[] | undefined }): boolean {
  return directives.length > 0;
}
