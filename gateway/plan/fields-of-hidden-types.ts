import { getNamedType, isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/**
 * The names of the fields whose objects may be of a type that clients must not see (`@inaccessible`): of them it must be asked what
 * they are, or such an object would be taken for one that may be seen. `annotatedSchema` is the whole supergraph.
 */
export function fieldsOfHiddenTypes(apiSchema: GraphQLSchema, annotatedSchema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(apiSchema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (hasHiddenTypes(getNamedType(field.type).name, apiSchema, annotatedSchema)) names.add(field.name);
  }
  return names;
}

function hasHiddenTypes(name: string, apiSchema: GraphQLSchema, annotatedSchema: GraphQLSchema): boolean {
  const type = annotatedSchema.getType(name);
  if (!isAbstractType(type)) return false;
  return annotatedSchema.getPossibleTypes(type).some((possible) => apiSchema.getType(possible.name) === undefined);
}
