import {
  DirectiveLocation,
  extendSchema,
  GraphQLSchema,
  isSpecifiedDirective,
  Kind,
  type DirectiveDefinitionNode,
  type TypeNode,
} from 'graphql';
import { DEFER_DIRECTIVE } from '../lib/defer-directive.ts';

/** Where clients write directives (GraphQL specification, section 3.13); the others stand in schemas. */
const CLIENT_LOCATIONS: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

/**
 * Adds the directives that clients may write and that subgraphs compose by `@composeDirective`: Apollo takes them for machinery, and
 * leaves them out of the API schema. `annotatedSchema` is the supergraph.
 */
export function withClientDirectives(apiSchema: GraphQLSchema, annotatedSchema: GraphQLSchema): GraphQLSchema {
  const definitions = annotatedSchema.getDirectives().flatMap((directive): readonly DirectiveDefinitionNode[] => {
    const { astNode } = directive;
    if (astNode == null || isSpecifiedDirective(directive) || apiSchema.getDirective(directive.name) != null) return [];
    const locations = astNode.locations.filter(({ value }) => CLIENT_LOCATIONS.has(value));
    const isKnown = (astNode.arguments ?? []).every(({ type }) => apiSchema.getType(namedType(type)) !== undefined);
    return locations.length > 0 && isKnown ? [{ ...astNode, locations }] : [];
  });
  return definitions.length === 0 ? apiSchema : extendSchema(apiSchema, { kind: Kind.DOCUMENT, definitions });
}

/** Lets clients write `@defer`, which the gateway carries out itself. */
export function withDefer(apiSchema: GraphQLSchema): GraphQLSchema {
  const config = apiSchema.toConfig();
  const others = config.directives.filter(({ name }) => name !== DEFER_DIRECTIVE.name);
  return new GraphQLSchema({ ...config, directives: [...others, DEFER_DIRECTIVE], assumeValid: true });
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
