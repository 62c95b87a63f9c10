import { getNamedType, isInterfaceType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';
import { remembered } from '../lib/remembered.ts';
import { flag, join, subgraphNames, text } from './join-directives.ts';

/** What subgraphs know of types by their own schemas, which may be less than the supergraph's. */
export interface SubgraphTypes {
  /** The object types that a subgraph knows by a name: its own, or those of an interface or union there. */
  members(subgraph: string, name: string): ReadonlySet<string>;
  /**
   * The name of what a subgraph gives for a field of an object. `enclosing` is the type on which the field is asked for: it tells where
   * the subgraph does not know the object's own type. Undefined where neither has the field.
   */
  fieldType(subgraph: string, field: { object: string; enclosing: string; name: string }): string | undefined;
}

/** Reads what subgraphs know from a supergraph's join directives. Looks are remembered, as plans ask for the same few. */
export function createSubgraphTypes(schema: GraphQLSchema): SubgraphTypes {
  const names = subgraphNames(schema.getType('join__Graph')?.astNode);
  const graphs = new Map([...names].map(([graph, name]) => [name, graph]));
  const members = remembered((subgraph) =>
    remembered((name) => membersIn(schema, graphs.get(subgraph) ?? subgraph, name)),
  );
  const fieldTypes = remembered((subgraph) =>
    remembered((type) => remembered((name) => fieldTypeIn(schema, graphs.get(subgraph) ?? subgraph, { type, name }))),
  );
  return {
    members: (subgraph, name) => members(subgraph)(name),
    fieldType: (subgraph, { object, enclosing, name }) => {
      const typesOf = fieldTypes(subgraph);
      return typesOf(object)(name) ?? typesOf(enclosing)(name);
    },
  };
}

/** Supergraphs of the first versions do not say who knows a member: then all do. */
function membersIn(schema: GraphQLSchema, graph: string, name: string): ReadonlySet<string> {
  const type = schema.getType(name);
  if (isUnionType(type)) {
    const joined = join(type.astNode?.directives, 'unionMember');
    const known = joined.filter((one) => text(one, 'graph') === graph).map((one) => text(one, 'member'));
    return new Set(type.getTypes().flatMap((one) => (joined.length === 0 || known.includes(one.name) ? one.name : [])));
  }
  if (!isInterfaceType(type)) return new Set([name]);
  const possible = schema.getPossibleTypes(type);
  const joinedTypes = join(type.astNode?.directives, 'type');
  // Whoever knows it as an object gives it by that name; where nobody does either, nothing can be there.
  if (possible.length === 0) return new Set(joinedTypes.some((one) => flag(one, 'isInterfaceObject')) ? [name] : []);
  const own = joinedTypes.find((one) => text(one, 'graph') === graph);
  const isObjectThere = own !== undefined && flag(own, 'isInterfaceObject');
  return new Set(
    possible.flatMap((object) => {
      const joined = join(object.astNode?.directives, 'implements').filter((one) => text(one, 'interface') === name);
      const isMember = joined.length === 0 || joined.some((one) => text(one, 'graph') === graph);
      return isObjectThere || isMember ? object.name : [];
    }),
  );
}

function fieldTypeIn(
  schema: GraphQLSchema,
  graph: string,
  coordinate: { readonly type: string; readonly name: string },
): string | undefined {
  const type = schema.getType(coordinate.type);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[coordinate.name] : undefined;
  if (field === undefined) return undefined;
  const joined = join(type?.astNode?.directives, 'type');
  if (joined.length > 0 && !joined.some((one) => text(one, 'graph') === graph)) return undefined;
  const known = join(field.astNode?.directives, 'field');
  const own = known.find((one) => text(one, 'graph') === graph);
  if (known.length > 0 && own === undefined) return undefined;
  const given = own && text(own, 'type');
  return given === undefined ? getNamedType(field.type).name : given.replaceAll(/[[\]!]/g, '');
}
