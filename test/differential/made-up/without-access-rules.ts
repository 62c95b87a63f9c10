import { Kind, visit, type DocumentNode } from 'graphql';

const ACCESS_DIRECTIVES: ReadonlySet<string> = new Set(['authenticated', 'policy', 'requiresScopes']);

/** Leaves out what a subgraph demands of its callers: Apollo Gateway refuses supergraphs that say it. */
export function withoutAccessRules(typeDefs: DocumentNode): DocumentNode {
  return visit(typeDefs, {
    [Kind.DIRECTIVE]: ({ name }) => (ACCESS_DIRECTIVES.has(name.value) ? null : undefined),
    // The names that are imported with @link.
    [Kind.STRING]: ({ value }) => (value.startsWith('@') && ACCESS_DIRECTIVES.has(value.slice(1)) ? null : undefined),
  });
}
