import {
  executeSync,
  Kind,
  OperationTypeNode,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Operation } from '../context.ts';
import type { LocatedError } from './result-tree.ts';

/** The values of `__schema` and `__type` by their response keys, and what went wrong with them. */
export interface Introspected {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly LocatedError[];
}

interface Asked {
  readonly schema: GraphQLSchema;
  readonly operation: Pick<Operation, 'definition' | 'fragments'>;
  /** The root fields `__schema` and `__type` of the operation, and no others. */
  readonly fields: readonly FieldNode[];
}

/** Answers introspection from the API schema. Nothing but the given root fields is executed. */
export function introspect(
  { schema, operation, fields }: Asked,
  variables: Readonly<Record<string, unknown>>,
): Introspected {
  const { definition, fragments } = operation;
  const used = variablesOf(fields, fragments);
  const document: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    // The values have been coerced before. Introspection takes strings and Booleans only, which coercing once more does not change.
    variableDefinitions: (definition.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
    selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
  };
  const { data, errors = [] } = executeSync({
    schema,
    document: { kind: Kind.DOCUMENT, definitions: [document, ...fragments.values()] },
    variableValues: variables,
  });
  return {
    data: data ?? {},
    errors: errors.map(({ message, path }) => ({ message, path, extensions: { code: 'BAD_USER_INPUT' } })),
  };
}

function variablesOf(
  fields: readonly FieldNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const used = new Set<string>();
  const visited = new Set<string>();
  const collect = (node: FieldNode | FragmentDefinitionNode): void => {
    visit(node, {
      Variable: ({ name }) => void used.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || visited.has(name.value)) return;
        visited.add(name.value);
        collect(fragment);
      },
    });
  };
  fields.forEach(collect);
  return used;
}
