import { Kind, type ConstDirectiveNode, type ConstValueNode, type GraphQLSchema } from 'graphql';

/** A directive as its specification names it: `https://specs.apollo.dev/federation` has `authenticated`, without version and `@`. */
export interface LinkedDirective {
  readonly specification: string;
  readonly name: string;
}

/**
 * The names by which a schema calls a directive of a specification that it links to (https://specs.apollo.dev/link/v1.0): as
 * imported, as renamed by `as`, or prefixed. Empty when it does not link to it.
 */
export function linkedNames(schema: GraphQLSchema, { specification, name }: LinkedDirective): string[] {
  return linksOf(schema).flatMap((link) => {
    const url = stringArgument(link, 'url') ?? '';
    if (withoutVersion(url) !== specification) return [];
    const prefix = stringArgument(link, 'as') ?? specification.slice(specification.lastIndexOf('/') + 1);
    // A specification's directive of its own name goes without prefix: `@policy` of https://specs.apollo.dev/policy.
    const ownName = specification.endsWith(`/${name}`) ? [prefix] : [];
    return [...importedNames(link, name), ...ownName, `${prefix}__${name}`];
  });
}

/** Whether the schema says anywhere what its directives are: one built by hand for a test may not. */
export function hasLinks(schema: GraphQLSchema): boolean {
  return linksOf(schema).length > 0;
}

function linksOf({ astNode, extensionASTNodes }: GraphQLSchema): ConstDirectiveNode[] {
  const nodes = [...(astNode == null ? [] : [astNode]), ...extensionASTNodes];
  return nodes.flatMap(({ directives = [] }) => directives.filter((directive) => stringArgument(directive, 'url')));
}

function withoutVersion(url: string): string {
  return url.replace(/\/v\d+\.\d+\/?$/, '');
}

function importedNames(link: ConstDirectiveNode, name: string): string[] {
  const list = argument(link, 'import');
  if (list?.kind !== Kind.LIST) return [];
  return list.values.flatMap((imported) => {
    if (imported.kind === Kind.STRING) return imported.value === `@${name}` ? [name] : [];
    if (imported.kind !== Kind.OBJECT) return [];
    const [from, as] = ['name', 'as'].map((key) => imported.fields.find((field) => field.name.value === key)?.value);
    if (from?.kind !== Kind.STRING || from.value !== `@${name}`) return [];
    return as?.kind === Kind.STRING ? [as.value.replace(/^@/, '')] : [name];
  });
}

function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function argument(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((given) => given.name.value === name)?.value;
}
