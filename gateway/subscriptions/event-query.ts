import { Kind, OperationTypeNode, type NameNode, type OperationDefinitionNode, type VariableNode } from 'graphql';
import type { Operation } from '../context.ts';
import type { EventSource } from './event-sources.ts';
import type { RootField } from './root-field.ts';

/**
 * Turns a subscription into the query that says what one event shows the subscriber: the same selection, below the query field
 * of the event source, asked by an id. The answer has the shape of the subscription's. One document serves all events, so that
 * it is planned once.
 */
export function createEventQuery(
  operation: Operation,
  root: RootField,
  source: EventSource,
): (id: string) => Operation {
  const variable = freeName(operation.definition);
  const definition = queryOf(operation.definition, { root, source, variable });
  const key = `${operation.key}:event`;
  return (id) => ({
    ...operation,
    kind: 'query',
    definition,
    key,
    variables: { ...operation.variables, [variable]: id },
  });
}

interface Parts {
  readonly root: RootField;
  readonly source: EventSource;
  readonly variable: string;
}

function queryOf(subscription: OperationDefinitionNode, { root, source, variable }: Parts): OperationDefinitionNode {
  const id: VariableNode = { kind: Kind.VARIABLE, name: name(variable) };
  return {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    ...(subscription.name === undefined ? {} : { name: subscription.name }),
    variableDefinitions: [
      ...(subscription.variableDefinitions ?? []),
      { kind: Kind.VARIABLE_DEFINITION, variable: id, type: source.idType },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [
        {
          kind: Kind.FIELD,
          alias: name(root.responseKey),
          name: name(source.resolve),
          arguments: [{ kind: Kind.ARGUMENT, name: name('id'), value: id }],
          selectionSet: { kind: Kind.SELECTION_SET, selections: root.selections },
        },
      ],
    },
  };
}

/** A variable that the client's document does not have. */
function freeName({ variableDefinitions = [] }: OperationDefinitionNode): string {
  const taken = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  let free = 'event';
  while (taken.has(free)) free += '_';
  return free;
}

function name(value: string): NameNode {
  return { kind: Kind.NAME, value };
}
