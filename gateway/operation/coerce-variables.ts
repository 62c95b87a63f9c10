import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Operation, OperationParams } from '../context.ts';
import { codedError } from '../errors/coded-error.ts';
import { OperationRefused } from '../errors/gateway-error.ts';

const MAX_ERRORS = 20;

/** Gives an operation's variables the types that it declares, and their defaults. Throws `BAD_USER_INPUT`, with every reason. */
export function coerceVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  inputs: OperationParams['variables'],
): Operation['variables'] {
  const result = getVariableValues(schema, variableDefinitions, inputs ?? {}, { maxErrors: MAX_ERRORS });
  if (result.errors === undefined) return result.coerced;
  throw new OperationRefused(
    result.errors.map((error) => codedError(error, { message: error.message, extensions: { code: 'BAD_USER_INPUT' } })),
  );
}
