import { Kind, type ConstArgumentNode, type ConstDirectiveNode, type TypeDefinitionNode, type TypeNode } from 'graphql';

/** The `@join__NAME` directives of a definition of a supergraph. */
export function join(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): readonly ConstDirectiveNode[] {
  return (directives ?? []).filter((one) => one.name.value === `join__${name}`);
}

/** A name or a text that is given to a directive. */
export function text(directive: ConstDirectiveNode, argument: string): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

/** Whether an argument of a directive is given as false. */
export function isFalse(directive: ConstDirectiveNode, argument: string): boolean {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.BOOLEAN && !value.value;
}

/** Whether an argument of a directive is given as true. */
export function flag(directive: ConstDirectiveNode, argument: string): boolean {
  const value = directive.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
}

/** Makes `@join__NAME(graph: GRAPH, …)`; the other arguments are texts. */
export function joinDirective(
  name: string,
  graph: string,
  texts: Readonly<Record<string, string>> = {},
): ConstDirectiveNode {
  const argument = (key: string, value: ConstArgumentNode['value']): ConstArgumentNode => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: key },
    value,
  });
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: `join__${name}` },
    arguments: [
      argument('graph', { kind: Kind.ENUM, value: graph }),
      ...Object.entries(texts).map(([key, value]) => argument(key, { kind: Kind.STRING, value })),
    ],
  };
}

/** The name of a type without its lists and exclamation marks. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** The names of subgraphs, by what directives call them: `graphs` is the definition of `join__Graph`. */
export function subgraphNames(graphs: TypeDefinitionNode | null | undefined): ReadonlyMap<string, string> {
  if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return new Map();
  return new Map(
    graphs.values?.map(({ name, directives }) => {
      const [graph] = join(directives, 'graph');
      return [name.value, (graph && text(graph, 'name')) ?? name.value];
    }),
  );
}
