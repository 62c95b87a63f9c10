import { isAbstractType, type GraphQLSchema } from 'graphql';

/** Tells which names an object's `__typename` may have where a type condition holds. */
export type ObjectTypes = (typeCondition: string) => ReadonlySet<string>;

/**
 * The object types that a type condition lets through, its own name included: a subgraph that knows an interface as an object
 * (`@interfaceObject`) answers with the interface's name. Remembered, as plans ask for the same few.
 */
export function createObjectTypes(schema: GraphQLSchema): ObjectTypes {
  const known = new Map<string, ReadonlySet<string>>();
  return (typeCondition) => {
    let names = known.get(typeCondition);
    if (names === undefined) {
      const type = schema.getType(typeCondition);
      const possible = type !== undefined && isAbstractType(type) ? schema.getPossibleTypes(type) : [];
      names = new Set([typeCondition, ...possible.map(({ name }) => name)]);
      known.set(typeCondition, names);
    }
    return names;
  };
}
