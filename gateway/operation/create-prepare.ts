import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Caller, ClientRequest, Operation, OperationParams } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { coerceVariables } from './coerce-variables.ts';
import type { FindDocument } from './find-document.ts';
import type { OperationLimits } from './operation-limits.ts';
import { createReadDocument } from './read-document.ts';

interface Options {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly isIntrospectionOn: boolean;
  readonly findDocument: FindDocument;
}

/**
 * Builds the second step: from what a client sent to a valid operation with coerced variables. Refuses what its transport does
 * not carry: mutations by GET (405), subscriptions by HTTP.
 */
export function createPrepare(options: Options): (request: ClientRequest, caller: Caller) => Promise<Operation> {
  const readDocument = createReadDocument(options);

  return async (request, caller) => {
    const { params } = request;
    const { text, register } = options.findDocument(params, caller);
    const { hash, operations, fragments } = readDocument(text);
    register?.();
    const definition = chosen(operations, params.operationName);
    refuseByTransport(definition, request);
    const name = definition.name?.value;
    return {
      kind: definition.operation,
      name,
      definition,
      fragments,
      variables: coerceVariables(options.schema, definition, params.variables),
      key: name === undefined ? hash : `${hash}:${name}`,
    };
  };
}

function chosen(operations: readonly OperationDefinitionNode[], name: OperationParams['operationName']) {
  const [first, second] = operations;
  if (first === undefined) throw new GatewayError('BAD_USER_INPUT', 'The document holds no operation.');
  if (name === undefined || name === '') {
    if (second === undefined) return first;
    throw new GatewayError('BAD_USER_INPUT', 'The document holds several operations: name one in "operationName".');
  }
  const found = operations.find((operation) => operation.name?.value === name);
  if (found === undefined) throw new GatewayError('BAD_USER_INPUT', 'The document holds no operation of that name.');
  return found;
}

function refuseByTransport({ operation }: OperationDefinitionNode, { mayMutate, transport }: ClientRequest): void {
  if (operation === 'mutation' && !mayMutate)
    throw new GatewayError('BAD_USER_INPUT', 'A mutation must be sent by POST.', { httpStatus: 405 });
  if (operation === 'subscription' && transport === 'http')
    throw new GatewayError('BAD_USER_INPUT', 'Subscribe over a WebSocket, with the protocol graphql-transport-ws.');
}
