import { executeQueryPlan, type ServiceMap } from '@apollo/gateway/dist/executeQueryPlan.js';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError, type FragmentDefinitionNode } from 'graphql';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from '../../wire/names.ts';
import type { Caller, ClientHeaders, ClientRequest, Operation, OperationResult } from '../context.ts';
import type { PresentErrors, ReportFault } from '../errors/present-errors.ts';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.ts';
import { createDataSource, type FetchContext } from './data-source.ts';
import type { SubgraphClient } from './subgraph-client.ts';

interface Options {
  readonly supergraph: LoadedSupergraph;
  readonly clients: ReadonlyMap<string, SubgraphClient>;
  readonly signAssertion: (caller: Caller, subgraph: string) => Promise<string>;
  readonly forwardHeaders: readonly string[];
  readonly presentErrors: PresentErrors;
  /** Told why a fetch failed, before the reason is masked. */
  readonly logFailure: ReportFault;
}

type Execute = (
  plan: QueryPlan,
  operation: Operation,
  caller: Caller,
  request: ClientRequest,
) => Promise<OperationResult>;

/**
 * Builds the executing step on Apollo's executor, which runs the plan and nothing else: who may ask what was decided before, what
 * travels to a subgraph is written by the data source, and what a client may read of an error by the presenter.
 */
export function createExecute({ supergraph, clients, ...options }: Options): Execute {
  const internalSchema = supergraph.federation.supergraph.schema.toGraphQLJSSchema();
  const services = servicesOf(clients);

  return async (plan, operation, caller, request) => {
    const context: FetchContext = {
      signal: request.signal,
      onFailure: (cause) => options.logFailure({ requestId: request.requestId, code: cause.code, cause }),
      headersFor: async (subgraph) => ({
        ...picked(request.headers, options.forwardHeaders),
        [REQUEST_ID_HEADER]: request.requestId,
        [IDENTITY_HEADER]: await options.signAssertion(caller, subgraph),
      }),
    };
    const result = await executeQueryPlan(
      plan,
      services,
      requestContext(operation, context),
      { schema: supergraph.apiSchema, operation: operation.definition, fragments: fragmentMap(operation.fragments) },
      internalSchema,
      supergraph.federation.apiSchema,
    );
    if (request.signal.aborted) return CANCELLED;
    return options.presentErrors.executed(withCompletionErrors(result), request.requestId);
  };
}

/** Nobody reads it, and nobody is to blame for what ended with the client. */
const CANCELLED: OperationResult = {
  errors: [new GraphQLError('The client has gone.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })],
};

function servicesOf(clients: ReadonlyMap<string, SubgraphClient>): ServiceMap {
  const services = Object.create(null) as ServiceMap;
  for (const [name, client] of clients) services[name] = createDataSource(name, client);
  return services;
}

function picked(headers: ClientHeaders, names: readonly string[]): ClientHeaders {
  return Object.fromEntries(names.map((name) => [name, headers[name]]));
}

function fragmentMap(fragments: ReadonlyMap<string, FragmentDefinitionNode>): Record<string, FragmentDefinitionNode> {
  return Object.assign(Object.create(null) as Record<string, FragmentDefinitionNode>, Object.fromEntries(fragments));
}

type ApolloRequestContext = Parameters<typeof executeQueryPlan>[2];

/** The part of Apollo's request context that its executor reads. */
function requestContext({ variables }: Operation, context: FetchContext): ApolloRequestContext {
  const read = { request: { variables: { ...variables } }, context, metrics: {}, logger: SILENT };
  return read as unknown as ApolloRequestContext;
}

const ignore = (): void => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/**
 * Apollo's executor keeps from the client what went wrong where a subgraph answered null, or nothing, for a non-null field. The
 * specification (section 6.4.4) asks for an error.
 */
function withCompletionErrors(result: OperationResult): OperationResult {
  const { extensions, ...rest } = result;
  const found = extensions?.['valueCompletion'];
  if (!Array.isArray(found) || found.length === 0) return rest;
  const errors = found
    .filter((error) => error instanceof GraphQLError)
    .map(({ message, path }) => {
      const options = { extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } };
      return new GraphQLError(message, path === undefined ? options : { ...options, path });
    });
  return errors.length === 0 ? rest : { ...rest, errors };
}
