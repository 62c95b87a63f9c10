import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Operation, OperationParams } from '../context.ts';
import { codedError } from '../errors/coded-error.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import { isValueNestedDeeper } from './nesting.ts';
import type { OperationLimits } from './operation-limits.ts';

interface Options {
  readonly schema: GraphQLSchema;
  readonly limits: Pick<OperationLimits, 'maxNesting'>;
}

const MAX_ERRORS = 20;
const NONE: Operation['variables'] = Object.freeze({});

/** Gives an operation's variables the types that it declares, and their defaults. Throws `BAD_USER_INPUT`, with every reason. */
export function coerceVariables(
  { schema, limits }: Options,
  { variableDefinitions = [] }: OperationDefinitionNode,
  inputs: OperationParams['variables'],
): Operation['variables'] {
  if (isValueNestedDeeper(inputs, limits.maxNesting))
    throw new GatewayError('BAD_USER_INPUT', `The variables are nested deeper than ${limits.maxNesting} levels.`);
  if (variableDefinitions.length === 0) return NONE;
  const result = getVariableValues(schema, variableDefinitions, inputs ?? {}, { maxErrors: MAX_ERRORS });
  if (result.errors === undefined) return result.coerced;
  throw new OperationRefused(
    result.errors.map((error) => codedError(error, { message: error.message, extensions: { code: 'BAD_USER_INPUT' } })),
  );
}
