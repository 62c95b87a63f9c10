import { composeServices } from '@apollo/composition';
import { Kind, parse, print, type DefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';

/** One subgraph of a benchmark: its schema, and the data behind it. */
export interface BenchSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: object;
  /** The entities that another subgraph gives rise to, and their key: a gateway of Federation 1 has to be told. */
  readonly extended: Readonly<Record<string, string>>;
  /** Which federation its schema speaks, where it is another than that of the rest. */
  readonly link?: string;
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])';

/** The schema of a subgraph, as a Federation 2 subgraph writes it. */
export function federation2Sdl({ typeDefs, link = LINK }: BenchSubgraph): string {
  return `${link}\n${typeDefs}`;
}

/** The same schema as a Federation 1 subgraph writes it: `Query` and the entities of others are extensions, those with external keys. */
export function federation1Sdl({ typeDefs, extended }: BenchSubgraph): string {
  const document = parse(typeDefs);
  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
    const { value: name } = definition.name;
    return name === 'Query' || extended[name] !== undefined ? asExtension(definition, extended[name]) : definition;
  });
  return print({ ...document, definitions });
}

function asExtension(definition: ObjectTypeDefinitionNode, key: string | undefined): DefinitionNode {
  const external = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'external' } } as const;
  const fields = (definition.fields ?? []).map((field) =>
    field.name.value === key ? { ...field, directives: [...(field.directives ?? []), external] } : field,
  );
  const { description: _, ...rest } = definition;
  return { ...rest, kind: Kind.OBJECT_TYPE_EXTENSION, fields };
}

/** Composes subgraphs that listen at the given URLs, in their order. Throws when they do not compose. */
export function composeSupergraph(subgraphs: readonly BenchSubgraph[], urls: readonly string[]): string {
  const services = subgraphs.map((subgraph, index) => ({
    name: subgraph.name,
    typeDefs: parse(federation2Sdl(subgraph)),
    url: urls[index] ?? '',
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
