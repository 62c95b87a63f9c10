import { isAbstractType, isObjectType, type GraphQLSchema } from 'graphql';
import { valueOf, type Args, type DataObject } from './made-up-graph.ts';
import type { CurrentGraph } from './subgraph-schema.ts';

/** Makes the API schema of a made-up graph executable by itself: what it answers is right by definition. Changes the schema. */
export function monolithSchema(current: CurrentGraph, apiSchema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(apiSchema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (row: DataObject) => row.__typename;
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (row: DataObject | undefined, args: Args) =>
        valueOf(current(), row ?? { __typename: type.name }, field.name, args);
  }
  return apiSchema;
}
