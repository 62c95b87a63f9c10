import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Operation } from '../context.ts';
import { isConditional, isTaken } from '../lib/conditional-selection.ts';

/** A field that an operation selects, with every coordinate (`Type.field`) that may stand behind it. */
export interface Selection {
  readonly coordinates: readonly string[];
  /** Response keys from the root; lists have no indices here, because nothing has been answered yet. */
  readonly path: readonly string[];
  readonly node: FieldNode;
}

export interface Selections {
  /** A field comes before the fields within it. */
  readonly list: readonly Selection[];
  /** Whether the operation's variables have no part in the list. */
  readonly isForAllVariables: boolean;
}

/**
 * Lists the fields that an operation selects, leaving out those that `@skip` or `@include` take away and the introspection
 * fields. Each fragment is walked once, where it is spread first: its own type condition says what its fields are, so walking it
 * at every spread would add nothing and would take exponential time on a hostile document.
 */
export function collectSelections(schema: GraphQLSchema, operation: Operation): Selections {
  const list: Selection[] = [];
  const walked = new Set<string>();
  let isForAllVariables = true;

  function walk({ selections }: SelectionSetNode, parent: GraphQLCompositeType, path: readonly string[]): void {
    for (const selection of selections) {
      if (isConditional(selection)) isForAllVariables = false;
      if (!isTaken(selection, operation.variables)) continue;
      if (selection.kind === Kind.FIELD) walkField(selection, parent, path);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, narrowed(schema, parent, selection.typeCondition?.name.value), path);
      else walkFragment(selection.name.value, parent, path);
    }
  }

  function walkFragment(name: string, parent: GraphQLCompositeType, path: readonly string[]): void {
    const fragment = operation.fragments.get(name);
    if (fragment === undefined || walked.has(name)) return;
    walked.add(name);
    walk(fragment.selectionSet, narrowed(schema, parent, fragment.typeCondition.name.value), path);
  }

  function walkField(node: FieldNode, parent: GraphQLCompositeType, above: readonly string[]): void {
    const name = node.name.value;
    if (name.startsWith('__')) return;
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (field === undefined) throw new Error(`the supergraph has no field ${parent.name}.${name}`);
    const path = [...above, node.alias?.value ?? name];
    list.push({ coordinates: coordinatesOf(schema, parent, name), path, node });
    const returned = getNamedType(field.type);
    if (node.selectionSet !== undefined && isCompositeType(returned)) walk(node.selectionSet, returned, path);
  }

  const root = schema.getRootType(operation.definition.operation);
  if (root == null) throw new Error(`the supergraph has no ${operation.kind} type`);
  walk(operation.definition.selectionSet, root, []);
  return { list, isForAllVariables };
}

function narrowed(schema: GraphQLSchema, parent: GraphQLCompositeType, condition: string | undefined) {
  if (condition === undefined) return parent;
  const type = schema.getType(condition);
  if (!isCompositeType(type)) throw new Error(`the supergraph has no composite type ${condition}`);
  return type;
}

/** A field of an interface is a field of each object type that may be behind it. */
function coordinatesOf(schema: GraphQLSchema, parent: GraphQLCompositeType, field: string): string[] {
  const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  return types.map(({ name }) => `${name}.${field}`);
}
