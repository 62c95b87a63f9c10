import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway/dist/datasources/types.js';
import { GraphQLError, Kind, parse } from 'graphql';
import type { ClientHeaders } from '../context.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { SubgraphClient } from './subgraph-client.ts';

/** What the executor hands through to the fetches of one request. */
export interface FetchContext {
  readonly headersFor: (subgraph: string) => Promise<ClientHeaders>;
  /** Told why a fetch failed, before the reason is masked. */
  readonly onFailure: (error: GatewayError) => void;
  readonly signal: AbortSignal;
}

type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Makes a subgraph callable by Apollo's executor. A fetch that fails becomes an error at every place that it leaves empty. */
export function createDataSource(name: string, client: SubgraphClient): GraphQLDataSource<FetchContext & object> {
  return {
    process: async (options): Promise<Answer> => {
      if (!('incomingRequestContext' in options)) throw new Error('fetches are made for requests only');
      const { context } = options.incomingRequestContext;
      const { query = '', operationName, variables } = options.request;
      try {
        const headers = await context.headersFor(name);
        const answer = await client.fetch({ query, operationName, variables, headers, signal: context.signal });
        return { data: answer.data, errors: answer.errors };
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        if (!context.signal.aborted) context.onFailure(error);
        return failedAnswer(error, options, query);
      }
    },
  };
}

/**
 * A root fetch leaves its root fields empty: one error for each, and the executor puts the path before it. A fetch of entities
 * leaves what may be many places empty: one error, at the nearest place that contains them all.
 */
function failedAnswer(
  error: GatewayError,
  {
    pathInIncomingRequest: path = [],
  }: GraphQLDataSourceProcessOptions & { pathInIncomingRequest?: (string | number)[] },
  query: string,
): Answer {
  const extensions = { code: error.code };
  if (path.length === 0)
    return {
      data: null,
      errors: responseKeys(query).map((key) => ({ message: error.message, path: [key], extensions })),
    };
  const firstList = path.indexOf('@');
  throw new GraphQLError(error.message, {
    path: firstList === -1 ? path : path.slice(0, firstList),
    extensions,
    originalError: error,
  });
}

function responseKeys(query: string): string[] {
  const operation = parse(query, { noLocation: true }).definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.name.value !== '__typename'
      ? [(selection.alias ?? selection.name).value]
      : [],
  );
}
