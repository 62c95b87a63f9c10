import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Caller, ClientRequest, Operation, OperationParams } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { answerSize } from './answer-size.ts';
import { coerceVariables } from './coerce-variables.ts';
import { createDeferral } from './create-deferral.ts';
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
 * not carry: mutations by GET (405), subscriptions where the client takes one answer.
 */
export function createPrepare(options: Options): (request: ClientRequest, caller: Caller) => Operation {
  const readDocument = createReadDocument(options);
  const refuseLargeAnswer = createAnswerLimit(options);
  const deferralOf = createDeferral(options.schema);

  return (request, caller) => {
    const { params } = request;
    const { text, register } = options.findDocument(params, caller);
    const isExpected = register !== undefined || params.query === undefined || request.transport !== 'http';
    const { hash, isKept, operations, fragments, deferring } = readDocument(text, isExpected);
    register?.();
    const definition = chosen(operations, params.operationName);
    refuseWithoutRoot(definition, options.schema);
    refuseByTransport(definition, request);
    const name = definition.name?.value;
    const variables = coerceVariables(options, definition, params.variables);
    refuseLargeAnswer({ definition, fragments, variables });
    const key = name === undefined ? hash : `${hash}:${name}`;
    const operation = { kind: definition.operation, name, definition, fragments, variables, key, isNew: !isKept };
    if (deferring === undefined || request.parts === undefined || operation.kind === 'subscription') return operation;
    const written = { ...operation, ...deferring, definition: chosen(deferring.operations, params.operationName) };
    const deferral = deferralOf(written);
    return deferral === undefined ? operation : { ...operation, deferral };
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

/** The rules of validation let such a document pass: it selects fields of nothing (GraphQL, section 6.2). */
function refuseWithoutRoot({ operation }: OperationDefinitionNode, schema: GraphQLSchema): void {
  if (schema.getRootType(operation) == null)
    throw new GatewayError('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation} type.`);
}

function refuseByTransport({ operation }: OperationDefinitionNode, { mayMutate, transport }: ClientRequest): void {
  if (operation === 'mutation' && !mayMutate)
    throw new GatewayError('BAD_USER_INPUT', 'A mutation must be sent by POST.', { httpStatus: 405 });
  if (operation === 'subscription' && transport === 'http') throw new GatewayError('BAD_USER_INPUT', HOW_TO_SUBSCRIBE);
}

const HOW_TO_SUBSCRIBE =
  'Subscribe over a WebSocket with the protocol graphql-transport-ws, or over HTTP with "accept: text/event-stream" or ' +
  '"accept: multipart/mixed;subscriptionSpec=1.0".';

/** Without variables, an operation is as large whenever it comes: it is measured once. */
function createAnswerLimit({ schema, limits }: Options): (operation: Parameters<typeof answerSize>[1]) => void {
  const accepted = new WeakSet<OperationDefinitionNode>();
  return (operation) => {
    const { definition } = operation;
    if (accepted.has(definition)) return;
    if (answerSize(schema, operation, limits.assumedListLength) > limits.maxAnswerFields)
      throw new GatewayError(
        'OPERATION_TOO_COMPLEX',
        `The answer could hold more than ${limits.maxAnswerFields} fields: ask for shorter pages, or for fewer within each other.`,
      );
    if ((definition.variableDefinitions ?? []).length === 0) accepted.add(definition);
  };
}
