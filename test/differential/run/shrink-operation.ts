import {
  Kind,
  parse,
  print,
  validate,
  visit,
  type ASTNode,
  type FieldNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
} from 'graphql';

interface Sent {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Takes a node away (null), puts another in its place, or leaves it alone (undefined). */
type Edit = (node: ASTNode) => ASTNode | null | undefined;

const MAX_TRIES = 1_500;

/** Makes a failing operation smaller, part by part, as long as it stays valid and goes on failing. */
export async function shrinkOperation<Operation extends Sent>(
  operation: Operation,
  schema: GraphQLSchema,
  fails: (operation: Operation) => Promise<boolean>,
): Promise<Operation> {
  let smallest = operation;
  let index = 0;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const edited = editPart(parse(smallest.query, { noLocation: true }), index);
    if (edited === undefined) return smallest;
    const candidate = { ...smallest, ...tidied(edited, smallest.variables) };
    const isSmaller = candidate.query !== smallest.query && isValid(schema, candidate.query);
    if (isSmaller && (await fails(candidate))) smallest = candidate;
    else index += 1;
  }
  return smallest;
}

/** Every part is tried twice: taken away, and replaced by what is in it. */
function editPart(document: DocumentNode, index: number): DocumentNode | undefined {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  let count = -1;
  const edit = (node: ASTNode): ASTNode | null | undefined => {
    for (const attempt of editsOf(node, fragments)) {
      count += 1;
      if (count < index) continue;
      return attempt;
    }
    return undefined;
  };
  const edited = visit(document, { enter: (node) => (count >= index ? undefined : edit(node)) });
  return count >= index ? edited : undefined;
}

function editsOf(node: ASTNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): ReturnType<Edit>[] {
  switch (node.kind) {
    case Kind.FIELD:
      return node.alias === undefined ? [null] : [null, unaliased(node)];
    case Kind.FRAGMENT_SPREAD: {
      const fragment = fragments.get(node.name.value);
      if (fragment === undefined) return [null];
      const { typeCondition, selectionSet } = fragment;
      return [
        null,
        { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: node.directives, selectionSet } as ASTNode,
      ];
    }
    case Kind.ARGUMENT:
    case Kind.DIRECTIVE:
    case Kind.INLINE_FRAGMENT:
      return [null];
    case Kind.SELECTION_SET:
      return node.selections.flatMap((selection, at) =>
        selection.kind === Kind.INLINE_FRAGMENT && (selection.directives ?? []).length === 0
          ? [{ ...node, selections: node.selections.toSpliced(at, 1, ...selection.selectionSet.selections) }]
          : [],
      );
    default:
      return [];
  }
}

function unaliased({ alias: _alias, ...node }: FieldNode): FieldNode {
  return node;
}

/** Leaves out what nothing uses any more: empty selection sets, fragments, variables. */
function tidied(document: DocumentNode, variables: Sent['variables']): Sent {
  const spreads = new Set<string>();
  const names = new Set<string>();
  visit(document, { FragmentSpread: ({ name }) => void spreads.add(name.value) });
  const definitions = document.definitions.filter(
    (node) => node.kind !== Kind.FRAGMENT_DEFINITION || spreads.has(node.name.value),
  );
  const kept = { ...document, definitions };
  if (definitions.length < document.definitions.length) return tidied(kept, variables);
  for (const node of definitions)
    if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION)
      visit({ ...node, variableDefinitions: [] }, { Variable: ({ name }) => void names.add(name.value) });
  const tidy = visit(kept, {
    VariableDefinition: ({ variable }) => (names.has(variable.name.value) ? undefined : null),
  });
  return {
    query: print(tidy),
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name))),
  };
}

function isValid(schema: GraphQLSchema, query: string): boolean {
  try {
    return validate(schema, parse(query)).length === 0;
  } catch {
    // A selection set was left empty.
    return false;
  }
}
