import { Kind, OperationTypeNode, type NameNode, type OperationDefinitionNode, type VariableNode } from 'graphql';
import type { Operation } from '../context.ts';
import type { EventSource } from './event-sources.ts';
import type { RootField } from './root-field.ts';

/**
 * Turns a subscription into the query that says what one event shows the subscriber: the same selection, below the query field
 * of the event source, asked by an id. The answer has the shape of the subscription's. One document serves all events and all
 * subscribers with the same one, so that it is planned once.
 */
export function createEventQuery(
  operation: Operation,
  root: RootField,
  source: EventSource,
): (id: string) => Operation {
  const { variable, definition, key } = eventQueryOf(operation, root, source);
  return (id) => ({
    ...operation,
    kind: 'query',
    definition,
    key,
    variables: { [variable]: id, ...operation.variables },
  });
}

interface EventQuery {
  /** Holds the id. */
  readonly variable: string;
  readonly definition: OperationDefinitionNode;
  readonly key: string;
}

/**
 * A document is read once for all who send it: its query is made once as well, and whatever others remember of it is found again.
 * Which selections its root field has depends on no variable: validation refuses conditions there that do.
 */
const known = new WeakMap<EventSource, WeakMap<OperationDefinitionNode, EventQuery>>();

function eventQueryOf({ definition, key }: Operation, root: RootField, source: EventSource): EventQuery {
  const ofSource = known.get(source) ?? new WeakMap<OperationDefinitionNode, EventQuery>();
  known.set(source, ofSource);
  const made = ofSource.get(definition);
  if (made !== undefined) return made;
  const variable = freeName(definition);
  const query = { variable, definition: queryOf(definition, { root, source, variable }), key: `${key}:event` };
  ofSource.set(definition, query);
  return query;
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
