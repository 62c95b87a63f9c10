import { isAsyncIterable } from '@graphiql/toolkit';
import type { Fetcher, FetcherParams, SyncExecutionResult } from '@graphiql/toolkit';
import { getOperationAST, parse } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { problemResult } from './live-subscriptions.ts';
import type { LiveSubscriptions, Observer } from './live-subscriptions.ts';
import type { SubscriptionRequest, SubscriptionResult } from './open-subscription.ts';
import type { RememberedIds } from './remembered-ids.ts';
import type { SignIn } from './sign-in.ts';
import type { IdOfStored } from './stored-operations.ts';

export interface SendParts {
  /** Sends queries and mutations. */
  http: Fetcher;
  /** Runs subscriptions. */
  live: LiveSubscriptions;
  /** ws: or wss:, the address of the GraphQL endpoint. */
  subscriptionUrl: string;
  signIn: SignIn;
  ids: RememberedIds;
  activeTabId: () => string;
  /** With an API key, a stored operation is sent by its id: the key runs nothing else. */
  idOfStored: IdOfStored;
}

/** Over HTTP there is one result, or a stream of them for `@defer`. */
type Answer = SubscriptionResult | AsyncIterable<SubscriptionResult>;

type Headers = Readonly<Record<string, string>>;

/**
 * Makes what the editor's run button calls. An authorization header or an API key written by hand wins over the sign-in. What
 * goes wrong on the way is answered as a GraphQL error, with words to be shown.
 */
export function createSend(parts: SendParts): Fetcher {
  const { http, signIn, ids, idOfStored } = parts;

  async function* ask(params: SubscriptionRequest, headers: Headers): AsyncGenerator<SubscriptionResult> {
    try {
      const authorization = isByHand(headers) ? undefined : await signIn.authorization();
      const body = inBody(params, 'x-api-key' in headers ? idOfStored(params.query) : undefined);
      const sent = { ...(authorization !== undefined && { authorization }), ...headers };
      const answer = (await http(body, { headers: sent })) as Answer;
      for await (const part of isAsyncIterable(answer) ? answer : [answer]) {
        ids.learn(part);
        yield part;
      }
    } catch (error) {
      yield explained(error);
    }
  }

  return async (params, options) => {
    try {
      const operation = operationOf(params);
      const headers = readHeaders(options?.headers);
      const filled: SubscriptionRequest = {
        query: params.query,
        variables: ids.fill(params.variables) as SubscriptionRequest['variables'],
        operationName: operation ? operation.name?.value : (params.operationName ?? undefined),
      };
      const answer = operation?.operation === 'subscription' ? subscribe(parts, filled, headers) : ask(filled, headers);
      return asShown(answer);
    } catch (error) {
      return asShown(explained(error));
    }
  };
}

/** By its id alone, where it has one: the editor's types know only operations with their text. */
function inBody({ query, variables, operationName }: SubscriptionRequest, id: string | undefined): FetcherParams {
  const common = { variables, operationName: operationName ?? null };
  if (id === undefined) return { ...common, query };
  return { ...common, extensions: { persistedQuery: { version: 1, sha256Hash: id } } } as unknown as FetcherParams;
}

/** A subscription stays with the sign-in it was started under, whoever signs in after that. */
function subscribe(
  { live, subscriptionUrl, signIn, activeTabId }: SendParts,
  request: SubscriptionRequest,
  headers: Headers,
): { subscribe: (observer: Observer) => { unsubscribe: () => void } } {
  const state = signIn.store.get();
  const session = state.status === 'signed-in' && !isByHand(headers) ? state.session : undefined;
  const connection = {
    url: subscriptionUrl,
    canRenew: session !== undefined,
    authorization: async () => (session ? session.authorization() : headers['authorization']),
  };
  const name = request.operationName ?? 'subscription';
  const as = session?.person.name ?? (isByHand(headers) ? 'the header' : 'nobody');
  return {
    subscribe: (observer) => live.start(request, { name, as, tabId: activeTabId(), connection }, observer),
  };
}

function explained(error: unknown): SubscriptionResult {
  return problemResult(error instanceof Error ? error.message : String(error));
}

/** The editor's types want errors to be instances of GraphQLError; it only ever prints them. */
function asShown(answer: unknown): SyncExecutionResult {
  return answer as SyncExecutionResult;
}

/**
 * The operation that is about to be sent; undefined when the text is not GraphQL, or leaves the choice open: the gateway will
 * say so. Right after a switch of tabs the editor may still give the name of the operation before: a single one needs no name.
 */
function operationOf({ query, operationName }: FetcherParams): OperationDefinitionNode | undefined {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document) ?? undefined;
  } catch {
    return undefined;
  }
}

function readHeaders(headers: Record<string, unknown> | undefined): Headers {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function isByHand(headers: Headers): boolean {
  return 'authorization' in headers || 'x-api-key' in headers;
}
