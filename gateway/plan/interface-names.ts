import { isInterfaceType, type GraphQLSchema } from 'graphql';

/** The interfaces of a supergraph: what a subgraph with `@interfaceObject` may answer as `__typename`. */
export function interfaceNames(schema: GraphQLSchema): ReadonlySet<string> {
  return new Set(
    Object.values(schema.getTypeMap())
      .filter(isInterfaceType)
      .map(({ name }) => name),
  );
}
