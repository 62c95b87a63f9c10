import type { OperationDefinitionNode } from 'graphql';

/** A name for a variable, or the beginning of several, made of `wanted`: no variable of the client's begins so. */
export function variableNameUnlike({ variableDefinitions = [] }: OperationDefinitionNode, wanted: string): string {
  let name = wanted;
  while (variableDefinitions.some(({ variable }) => variable.name.value.startsWith(name))) name += '_';
  return name;
}
