import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache, type ApolloLink } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cacheExchange,
  createClient as createUrqlClient,
  fetchExchange,
  subscriptionExchange,
  type ExecutionResult,
} from '@urql/core';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient, type Client as SocketClient } from 'graphql-ws';
import WebSocket from 'ws';
import { startEventClinic, type EventClinic } from './support/event-clinic.ts';
import type { TestGateway } from './support/start-gateway.ts';
import { eventually } from './support/supergraph-file.ts';

const TEXT = 'subscription Changes { changed { status visit { id room } } }';
const LAST = { changed: { status: 'second', visit: { id: 'v1', room: 'room of v1' } } };

let clinic: EventClinic;
let gateway: TestGateway;
let url: string;
let authorization: string;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  clinic = await startEventClinic();
  gateway = await clinic.startGateway();
  url = `${gateway.url}/graphql`;
  authorization = await clinic.authorization('ada');
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

afterAll(async () => {
  await gateway.stop();
  await clinic.stop();
});

describe('graphql-sse', () => {
  it('receives the answers of a subscription, and of queries and mutations', async () => {
    const { isConnected, connected } = signal();
    const client = createSseClient({ url, headers: { authorization }, retryAttempts: 0, on: { connected } });
    cleanups.push(client.dispose);
    const received: unknown[] = [];
    client.subscribe(
      { query: TEXT },
      { next: ({ data }) => void received.push(data), error: fail, complete: () => undefined },
    );

    await happenTwice(isConnected, received);

    expect(received).toEqual([expect.anything(), LAST]);
    expect(await client.iterate({ query: '{ hello }' }).next()).toMatchObject({ value: { data: { hello: 'world' } } });
    expect(await client.iterate({ query: 'mutation { touch }' }).next()).toMatchObject({
      value: { data: { touch: 'ada' } },
    });
  });

  it('learns why it is refused', async () => {
    const client = createSseClient({ url, retryAttempts: 0 });
    cleanups.push(client.dispose);

    const answer = await client.iterate({ query: TEXT }).next();

    expect(answer).toMatchObject({ value: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  });

  it('connects again by itself when the gateway it was on goes down', async () => {
    const [leaving, staying] = [await clinic.startGateway(), await clinic.startGateway()];
    let to = leaving;
    const signals = [signal(), signal()];
    let connections = 0;
    const client = createSseClient({
      url: () => `${to.url}/graphql`,
      headers: { authorization },
      retry: async () => undefined,
      on: { connected: () => signals[connections++]?.connected() },
    });
    cleanups.push(client.dispose, staying.stop);
    const received: unknown[] = [];
    let completions = 0;
    client.subscribe(
      { query: TEXT },
      { next: ({ data }) => void received.push(data), error: fail, complete: () => (completions += 1) },
    );
    await signals[0]?.isConnected;

    to = staying;
    await leaving.stop();

    await happenTwice(signals[1]?.isConnected, received);
    expect(completions).toBe(0);
    expect(received).toEqual([expect.anything(), LAST]);
  });
});

describe('Apollo Client', () => {
  it('receives the answers of a subscription over multipart HTTP', async () => {
    const { isConnected, connected } = signal();
    const client = apolloOver(new HttpLink({ uri: url, headers: { authorization }, fetch: watched(connected) }));
    const received: unknown[] = [];
    const errors: unknown[] = [];
    const subscription = client
      .subscribe({ query: gql(TEXT) })
      .subscribe(({ data, error }) => void (error === undefined ? received : errors).push(data ?? error));

    await happenTwice(isConnected, received);
    subscription.unsubscribe();

    expect(withoutTypenames(received)).toEqual([expect.anything(), LAST]);
    expect(errors).toEqual([]);
  });

  it('learns from the last part of a multipart response that its token has expired', async () => {
    const expiring = await clinic.authorization('ada', Math.floor(Date.now() / 1000) + 2);
    const client = apolloOver(new HttpLink({ uri: url, headers: { authorization: expiring } }));

    const error = await new Promise((resolve) => {
      client.subscribe({ query: gql(TEXT) }).subscribe((result) => resolve(result.error));
    });

    expect(CombinedProtocolErrors.is(error)).toBe(true);
    expect((error as CombinedProtocolErrors).errors[0]?.extensions).toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('learns why a subscription over multipart HTTP is refused', async () => {
    const client = apolloOver(new HttpLink({ uri: url }));

    const error = await new Promise((resolve) => {
      client.subscribe({ query: gql(TEXT) }).subscribe((result) => resolve(result.error));
    });

    expect(JSON.stringify(error)).toContain('UNAUTHENTICATED');
  });

  it('receives the answers of a subscription over its GraphQLWsLink', async () => {
    const socket = socketClient();
    const client = apolloOver(new GraphQLWsLink(socket));
    const received: unknown[] = [];
    client.subscribe({ query: gql(TEXT) }).subscribe(({ data }) => void received.push(data));

    await happenTwice(answered(socket), received);

    expect(withoutTypenames(received)).toEqual([expect.anything(), LAST]);
  });
});

describe('urql', () => {
  it('receives the answers of a subscription over HTTP, and JSON for a query', async () => {
    const { isConnected, connected } = signal();
    const types: unknown[] = [];
    const client = createUrqlClient({
      url,
      preferGetMethod: false,
      fetchSubscriptions: true,
      fetchOptions: { headers: { authorization } },
      fetch: watched(({ headers }) => {
        types.push(headers.get('content-type'));
        connected();
      }),
      exchanges: [cacheExchange, fetchExchange],
    });
    const received: unknown[] = [];
    const { unsubscribe } = client.subscription(TEXT, {}).subscribe(({ data, error }) => {
      received.push(error ?? data);
    });

    await happenTwice(isConnected, received);
    unsubscribe();
    const query = await client.query('{ hello }', {}).toPromise();

    expect(withoutTypenames(received).slice(0, 2)).toEqual([expect.anything(), LAST]);
    expect(query.data).toEqual({ hello: 'world' });
    expect(types).toEqual(['text/event-stream; charset=utf-8', 'application/graphql-response+json; charset=utf-8']);
  });

  it('receives the answers of a subscription over a socket of graphql-ws', async () => {
    const socket = socketClient();
    const client = createUrqlClient({
      url,
      preferGetMethod: false,
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query = '', variables = {} }) => ({
            subscribe: ({ next, error, complete }) => ({
              unsubscribe: socket.subscribe(
                { query, variables: variables as Record<string, unknown> },
                { next: ({ data = null, ...rest }) => next({ data, ...rest } as ExecutionResult), error, complete },
              ),
            }),
          }),
        }),
      ],
    });
    const received: unknown[] = [];
    const { unsubscribe } = client.subscription(TEXT, {}).subscribe(({ data, error }) => {
      received.push(error ?? data);
    });

    await happenTwice(answered(socket), received);
    unsubscribe();

    expect(withoutTypenames(received).slice(0, 2)).toEqual([expect.anything(), LAST]);
  });
});

/** Two changes that Ada may see, once the gateway has taken her subscription up. */
async function happenTwice(isConnected: Promise<unknown> | undefined, received: readonly unknown[]): Promise<void> {
  await isConnected;
  await clinic.happen({ visit: 'v1', status: 'first' }, ['ada']);
  await clinic.happen({ visit: 'v1', status: 'second' }, ['ada']);
  await eventually(() => received.length >= 2);
}

function apolloOver(link: ApolloLink): ApolloClient {
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  cleanups.push(() => client.stop());
  return client;
}

function socketClient(): SocketClient {
  const client = createSocketClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
  });
  cleanups.push(() => client.dispose());
  return client;
}

/** An answered query means that the subscriptions before it on the same socket are taken up. */
function answered(client: SocketClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe({ query: '{ hello }' }, { next: () => undefined, error: reject, complete: resolve });
  });
}

/** A `fetch` that tells of each response as soon as its head is there: a subscription is then taken up. */
function watched(onResponse: (response: Response) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    onResponse(response);
    return response;
  };
}

function signal() {
  let connected: () => void = () => undefined;
  const isConnected = new Promise<void>((resolve) => (connected = resolve));
  return { isConnected, connected: () => connected() };
}

function withoutTypenames(values: readonly unknown[]): unknown[] {
  return JSON.parse(
    JSON.stringify(values, (key, value: unknown) => (key === '__typename' ? undefined : value)),
  ) as unknown[];
}

function fail(error: unknown): void {
  throw error instanceof Error ? error : new Error(JSON.stringify(error));
}
