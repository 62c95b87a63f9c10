import { getNamedType, isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** The names of the fields that give interfaces or unions. */
export function fieldsOfAbstractTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  return new Set(fields.filter(({ type }) => isAbstractType(getNamedType(type))).map(({ name }) => name));
}
