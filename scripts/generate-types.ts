import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { parse, printSchema, type DocumentNode } from 'graphql';
import { format } from 'prettier';

export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

type Read = (path: string) => Promise<string>;

const OPERATION_FILES = ['frontend', 'mobile', 'partner'];

/** How the scalars of the schemas look in TypeScript: inside a subgraph as its resolvers hold them, outside as JSON carries them. */
const RESOLVER_SCALARS = {
  DateTime: { input: 'Date', output: 'Date' },
  Date: 'string',
  EmailAddress: 'string',
  Decimal: 'string',
  _Any: 'unknown',
  federation__FieldSet: 'string',
};
const CLIENT_SCALARS = { DateTime: 'string', Date: 'string', EmailAddress: 'string', Decimal: 'string' };

/**
 * Generates the resolver types of every subgraph and the typed documents of the clients' operations, without writing them. In a
 * subgraph, `records.ts` says what stands behind a type of the schema: an exported `DoctorRecord` is the parent of `Doctor`.
 */
export async function generateFiles(
  subgraphs: readonly string[],
  read: Read,
  exists: (path: string) => boolean,
): Promise<readonly GeneratedFile[]> {
  const resolvers = await Promise.all(subgraphs.map((subgraph) => resolverTypes(subgraph, read, exists)));
  return [...resolvers, await clientDocuments(read)];
}

async function resolverTypes(subgraph: string, read: Read, exists: (path: string) => boolean): Promise<GeneratedFile> {
  const folder = `subgraphs/${subgraph}`;
  const records = exists(`${folder}/records.ts`) ? await read(`${folder}/records.ts`) : '';
  const names = [...records.matchAll(/^export (?:interface|type) (\w+)Record\b/gm)].flatMap(([, name]) => name ?? []);
  const config = {
    useTypeImports: true,
    enumsAsTypes: true,
    federation: true,
    optionalResolveType: true,
    strictScalars: true,
    contextType: '../context.ts#Context',
    mappers: Object.fromEntries(names.map((name) => [name, `../records.ts#${name}Record`])),
    scalars: RESOLVER_SCALARS,
    maybeValue: 'T | null | undefined',
  };
  const typeDefs = parse(await read(`${folder}/schema.graphql`));
  const path = `${folder}/generated/resolvers.ts`;
  return generate(path, parse(printSubgraphSchema(buildSubgraphSchema({ typeDefs }))), [], {
    plugins: [{ typescript: config }, { resolvers: config }],
    pluginMap: { typescript, resolvers: typescriptResolvers },
  });
}

async function clientDocuments(read: Read): Promise<GeneratedFile> {
  const supergraph = Supergraph.build(await read('supergraph.graphql'), {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const documents = await Promise.all(
    OPERATION_FILES.map(async (name) => {
      const location = `operations/${name}.graphql`;
      return { location, document: parse(await read(location)) };
    }),
  );
  const config = { useTypeImports: true, enumsAsTypes: true, strictScalars: true, scalars: CLIENT_SCALARS };
  const schema = parse(printSchema(supergraph.apiSchema().toGraphQLJSSchema()));
  return generate('operations/generated/documents.ts', schema, documents, {
    plugins: [{ typescript: { ...config, onlyOperationTypes: true } }, { operations: config }, { documents: config }],
    pluginMap: { typescript, operations: typescriptOperations, documents: typedDocumentNode },
  });
}

type Generation = Pick<Parameters<typeof codegen>[0], 'plugins' | 'pluginMap'>;
type Documents = Parameters<typeof codegen>[0]['documents'];

async function generate(
  path: string,
  schema: DocumentNode,
  documents: Documents,
  generation: Generation,
): Promise<GeneratedFile> {
  const code = await codegen({ filename: path, schema, documents, config: {}, ...generation });
  const header = '// Made by `npm run codegen`; do not edit.\n';
  return {
    path,
    content: await format(`${header}${code}`, { parser: 'typescript', printWidth: 120, singleQuote: true }),
  };
}
