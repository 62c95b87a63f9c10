import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Caller, ClientRequest, Operation, OperationParams } from '../context.ts';
import { codedError } from '../errors/coded-error.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import { answerSize } from './answer-size.ts';
import { createFindDocument, type StoredOperations } from './find-document.ts';
import { isValueNestedDeeper } from './nesting.ts';
import type { OperationLimits } from './operation-limits.ts';
import { createReadDocument } from './read-document.ts';

interface Options {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly isIntrospectionOn: boolean;
  readonly storedOperations: StoredOperations;
}

const MAX_VARIABLE_ERRORS = 20;

/**
 * Builds the second step: from what a client sent to a valid operation with coerced variables. Refuses what its transport does
 * not carry: mutations by GET (405), subscriptions by HTTP.
 */
export function createPrepare(options: Options): (request: ClientRequest, caller: Caller) => Promise<Operation> {
  const findDocument = createFindDocument(options.storedOperations);
  const readDocument = createReadDocument(options);

  return async (request, caller) => {
    const { params } = request;
    const { text, register } = findDocument(params, caller);
    const { hash, operations, fragments } = readDocument(text);
    register?.();
    const definition = chosen(operations, params.operationName);
    refuseByTransport(definition, request);
    const name = definition.name?.value;
    const variables = coerced(options, definition, params.variables);
    refuseLargeAnswer(options, { definition, fragments, variables });
    return {
      kind: definition.operation,
      name,
      definition,
      fragments,
      variables,
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

function refuseLargeAnswer({ schema, limits }: Options, operation: Parameters<typeof answerSize>[1]): void {
  if (answerSize(schema, operation, limits.assumedListLength) <= limits.maxAnswerFields) return;
  throw new GatewayError(
    'OPERATION_TOO_COMPLEX',
    `The answer could hold more than ${limits.maxAnswerFields} fields: ask for shorter pages, or for fewer within each other.`,
  );
}

function coerced(
  { schema, limits }: Options,
  definition: OperationDefinitionNode,
  inputs: OperationParams['variables'],
) {
  if (isValueNestedDeeper(inputs, limits.maxNesting))
    throw new GatewayError('BAD_USER_INPUT', `The variables are nested deeper than ${limits.maxNesting} levels.`);
  const result = getVariableValues(schema, definition.variableDefinitions ?? [], inputs ?? {}, {
    maxErrors: MAX_VARIABLE_ERRORS,
  });
  if (result.errors === undefined) return result.coerced;
  throw new OperationRefused(
    result.errors.map((error) => codedError(error, { message: error.message, extensions: { code: 'BAD_USER_INPUT' } })),
  );
}
