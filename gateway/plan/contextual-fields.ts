import {
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type ConstObjectValueNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { join, subgraphNames, text } from './join-directives.ts';
import { createObjectTypes } from './object-types.ts';
import { parseFieldSet } from './plain/field-sets.ts';

/** An argument that a subgraph takes from an object above (`@fromContext`). */
export interface FieldArgument {
  readonly name: string;
  /** As the subgraph writes it. */
  readonly type: string;
  readonly context: string;
  readonly selection: string;
}

/** What a supergraph says of contexts. */
export interface ContextualFields {
  readonly areThere: boolean;
  /** The arguments that a field of a subgraph takes from above; most take none. */
  argumentsOf(subgraph: string, object: string, field: string): readonly FieldArgument[];
  /** The object types that give a context its values (`@context`). */
  holdersOf(context: string): ReadonlySet<string>;
}

/** Reads from a supergraph which arguments are taken from which objects above. */
export function createContextualFields(schema: GraphQLSchema): ContextualFields {
  const fields = fieldArguments(schema);
  const holders = contextHolders(schema);
  return {
    areThere: fields.size > 0,
    argumentsOf: (subgraph, object, field) => fields.get(`${subgraph} ${object}.${field}`) ?? NO_ARGUMENTS,
    holdersOf: (context) => holders.get(context) ?? NOBODY,
  };
}

const NO_ARGUMENTS: readonly FieldArgument[] = [];
const NOBODY: ReadonlySet<string> = new Set();

function fieldArguments(schema: GraphQLSchema): ReadonlyMap<string, readonly FieldArgument[]> {
  const names = subgraphNames(schema.getType('join__Graph')?.astNode);
  const found = new Map<string, readonly FieldArgument[]>();
  const note = (coordinate: string, directive: ConstDirectiveNode): void => {
    const graph = text(directive, 'graph') ?? '';
    const taken = contextArguments(directive);
    if (taken.length > 0) found.set(`${names.get(graph) ?? graph} ${coordinate}`, taken);
  };
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType))
    for (const { name, astNode } of Object.values(type.getFields()))
      for (const directive of join(astNode?.directives, 'field')) note(`${type.name}.${name}`, directive);
  return found;
}

function contextHolders(schema: GraphQLSchema): ReadonlyMap<string, ReadonlySet<string>> {
  const objectTypes = createObjectTypes(schema);
  const found = new Map<string, Set<string>>();
  for (const { name, astNode } of Object.values(schema.getTypeMap()))
    for (const directive of astNode?.directives ?? []) {
      const context = /(?:^|__)context$/.test(directive.name.value) ? text(directive, 'name') : undefined;
      if (context !== undefined) found.set(context, new Set([...(found.get(context) ?? []), ...objectTypes(name)]));
    }
  return found;
}

/**
 * The way from an object of a type to the value that a selection such as `{ unit }` or `... on Ward { unit }` means: fields, each without
 * what is asked below it, and under its tree key; undefined where it means none.
 */
export function wayToValue({ selection }: FieldArgument, object: string): readonly FieldNode[] | undefined {
  const text = selection.trim().replace(/^\{([^]*)\}$/, '$1');
  return wayIn(parseFieldSet(text), object);
}

function wayIn({ selections }: SelectionSetNode, object: string): readonly FieldNode[] | undefined {
  const fitting = selections.filter(
    (one) => one.kind !== Kind.INLINE_FRAGMENT || one.typeCondition?.name.value === object,
  );
  const [only, ...others] = fitting;
  if (only === undefined || others.length > 0 || only.kind === Kind.FRAGMENT_SPREAD) return undefined;
  if (only.kind === Kind.INLINE_FRAGMENT) return wayIn(only.selectionSet, object);
  const { selectionSet, ...field } = only;
  const below = selectionSet ? wayIn(selectionSet, object) : [];
  return below && [field, ...below];
}

function contextArguments(directive: ConstDirectiveNode): readonly FieldArgument[] {
  const value = directive.arguments?.find(({ name }) => name.value === 'contextArguments')?.value;
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((one) => (one.kind === Kind.OBJECT ? [fieldArgument(one)] : []));
}

function fieldArgument(one: ConstObjectValueNode): FieldArgument {
  const [name = '', type = '', context = '', selection = ''] = ['name', 'type', 'context', 'selection'].map((key) =>
    member(one, key),
  );
  return { name, type, context, selection };
}

function member({ fields }: ConstObjectValueNode, key: string): string {
  const value = fields.find(({ name }) => name.value === key)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
