import { randomUUID } from 'node:crypto';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';
import { ANONYMOUS, type Identity } from '../wire/identity.ts';
import { buildApolloEngine } from './build-apollo-engine.ts';
import type { PlannerName } from './config/settings.ts';
import type { Caller, ClientHeaders, ClientRequest, Operation } from './context.ts';
import { createPresentErrors, type ReportFault } from './errors/present-errors.ts';
import { coerceVariables } from './operation/coerce-variables.ts';
import { withoutDefer } from './operation/without-defer.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<Record<string, unknown>>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type RequestContext = Parameters<Executor>[0];
type SchemaListener = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0];

type AskedDocument = Pick<RequestContext, 'document' | 'operation' | 'queryHash'>;

/** What is nested deeper would overflow the stack of whatever walks it. */
const LIMITS = { maxNesting: 100 };

/** What a gateway for Apollo Server can be told; `Context` is what the server's `context` function returns. */
export interface ApolloGatewayOptions<Context> {
  /** A Federation 2 supergraph, as `rover supergraph compose` prints it. */
  readonly supergraphSdl: string;
  /** Headers of each request to a subgraph. Equal queries under way at the same time share one request where their headers are equal. */
  readonly headersFor?: (about: {
    readonly subgraph: string;
    readonly context: Context;
  }) => ClientHeaders | Promise<ClientHeaders>;
  /** Who `@authenticated`, `@requiresScopes` and `@policy` judge; without it everyone is anonymous. */
  readonly identityFor?: (context: Context) => Identity;
  /** Instances that replace the supergraph's address of a subgraph, by the subgraph's name. */
  readonly subgraphUrls?: Readonly<Record<string, readonly string[]>>;
  readonly subgraphTimeoutMs?: number;
  readonly planner?: PlannerName;
  /** Told why a subgraph's answer could not be used, and of bugs; without it, the server's log is. */
  readonly reportFault?: ReportFault;
}

/**
 * Builds a gateway for `new ApolloServer({ gateway })`: queries and mutations run on this engine, everything before and after them
 * is the server's. Errors that subgraphs wrote pass as they are, for the server's `formatError` to judge; failed requests to
 * subgraphs have the codes of docs/operator.md. Throws when the supergraph cannot be served.
 */
export function createApolloGateway<Context extends object>(options: ApolloGatewayOptions<Context>): GatewayInterface {
  const { supergraphSdl, identityFor = () => ANONYMOUS } = options;
  const contexts = new WeakMap<object, Context>();
  const asWhole = createAsWhole();
  let serverLog: RequestContext['logger'] | undefined;
  const toServerLog: ReportFault = ({ code, cause }) =>
    serverLog?.error(`${code}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
  const reportFault = options.reportFault ?? toServerLog;
  const presentErrors = createPresentErrors(reportFault);
  const engine = buildApolloEngine({
    ...options,
    reportFault,
    headersFor: async ({ request }, subgraph) => {
      const context = contexts.get(request);
      return context === undefined ? {} : ((await options.headersFor?.({ subgraph, context })) ?? {});
    },
  });

  const executor: Executor = async (from) => {
    serverLog = from.logger;
    const request = requestOf(from);
    const context = from.context as Context;
    contexts.set(request, context);
    try {
      const variables = coerceVariables(
        { schema: engine.apiSchema, limits: LIMITS },
        from.operation,
        from.request.variables,
      );
      return await engine.run({
        operation: operationOf(asWhole(from), variables),
        caller: callerOf(identityFor(context)),
        request,
      });
    } catch (error) {
      return { errors: presentErrors.thrown(error, request.requestId).errors };
    }
  };

  const loaded = { apiSchema: engine.apiSchema, coreSupergraphSdl: supergraphSdl };
  const listeners = new Set<SchemaListener>();
  let isLoaded = false;
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      if (isLoaded) listener(loaded);
      return () => void listeners.delete(listener);
    },
    load: async () => {
      await engine.ready;
      isLoaded = true;
      for (const listener of listeners) listener(loaded);
      return { executor };
    },
    stop: engine.close,
  };
}

/** The server tells nobody that a client has gone: what was begun is ended. */
function requestOf({ request }: RequestContext): ClientRequest {
  return {
    requestId: randomUUID(),
    transport: 'http',
    mayMutate: true,
    headers: {},
    params: { query: request.query, variables: request.variables },
    signal: new AbortController().signal,
  };
}

function operationOf({ document, operation, queryHash }: AskedDocument, variables: Operation['variables']): Operation {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const name = operation.name?.value;
  const key = name === undefined ? queryHash : `${queryHash}:${name}`;
  return { kind: operation.operation, name, definition: operation, fragments, variables, key };
}

/** The server takes whole answers, without `@defer`. What it parsed is looked through once. */
function createAsWhole(): (asked: AskedDocument) => AskedDocument {
  const wholes = new WeakMap<DocumentNode, DocumentNode>();
  return (asked) => {
    const { document, operation, queryHash } = asked;
    let whole = wholes.get(document);
    if (whole === undefined) wholes.set(document, (whole = withoutDefer(document)));
    return whole === document ? asked : { document: whole, operation: sameOperation(whole, operation), queryHash };
  };
}

function sameOperation({ definitions }: DocumentNode, operation: OperationDefinitionNode): OperationDefinitionNode {
  const found = definitions.find(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === operation.name?.value,
  );
  return found?.kind === Kind.OPERATION_DEFINITION ? found : operation;
}

function callerOf(identity: Identity): Caller {
  // A copy, as what an identity was granted is remembered by the object: theirs may say something else in the next request.
  return { identity: { ...identity }, key: JSON.stringify(identity) };
}
