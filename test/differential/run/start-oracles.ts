import { ApolloGateway } from '@apollo/gateway';
import { composeServices } from '@apollo/composition';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { loadSupergraph } from '../../../gateway/supergraph/load-supergraph.ts';
import type { GeneratedOperation } from '../generate/generate-operation.ts';
import { answerOf } from '../made-up/serve-subgraph.ts';
import { withoutAccessRules } from '../made-up/without-access-rules.ts';

export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What one of the compared said. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnsweredError[];
}

export type Ask = (operation: Pick<GeneratedOperation, 'query' | 'variables'>) => Promise<Answer>;

export interface ExecutableSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly typeDefs: DocumentNode;
}

/** Composes subgraphs into the SDL of a supergraph. */
export function compose(subgraphs: readonly { name: string; url?: string; typeDefs: DocumentNode }[]): string {
  const result = composeServices(
    subgraphs.map(({ name, url = `http://${name}.invalid`, typeDefs }) => ({ name, url, typeDefs })),
  );
  if (result.errors !== undefined) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}

/** The API schema that clients of the subgraphs see. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  return loadSupergraph(supergraphSdl).apiSchema;
}

/** Asks a schema that is executable by itself. */
export function askSchema(schema: GraphQLSchema): Ask {
  return async ({ query, variables }) => JSON.parse(await answerOf(schema, { query, variables })) as Answer;
}

/** Starts Apollo Gateway in front of subgraphs in this process. */
export async function startApollo(
  subgraphs: readonly ExecutableSubgraph[],
): Promise<{ ask: Ask; stop: () => Promise<void> }> {
  const schemas = new Map(subgraphs.map(({ name, schema }) => [name, schema]));
  const gateway = new ApolloGateway({
    supergraphSdl: compose(subgraphs.map((each) => ({ ...each, typeDefs: withoutAccessRules(each.typeDefs) }))),
    logger: SILENT,
    buildService: ({ name }) => ({
      process: async ({ request }) => {
        const schema = schemas.get(name);
        if (schema === undefined) throw new Error(`no subgraph ${name}`);
        const { query = '', operationName, variables } = request;
        return JSON.parse(await answerOf(schema, { query, operationName, variables })) as never;
      },
    }),
  });
  const { executor, schema } = await gateway.load();

  return {
    ask: async ({ query, variables }) => {
      const document = parse(query);
      const context = { request: { query, variables }, document, schema, source: query, queryHash: query };
      const result = await executor({ ...context, context: {}, logger: SILENT, metrics: {} } as never);
      return JSON.parse(JSON.stringify(result)) as Answer;
    },
    stop: () => gateway.stop(),
  };
}

const ignore = (): void => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };
