import { afterEach, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { eventually } from '../../../test/gateway/support/supergraph-file.ts';
import { openSubscription } from './open-subscription.ts';
import type { SubscriptionParts } from './open-subscription.ts';

const schema = buildSchema('type Query { now: Int } type Subscription { ticks(to: Int!): Int! }');
const closers: (() => unknown)[] = [];

/** A graphql-transport-ws server that counts up, after it has asked `refuse` for the close code of each connection. */
async function serve(refuse: (authorization: unknown, connections: number) => number | undefined) {
  const authorizations: unknown[] = [];
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' });
  useServer(
    {
      schema,
      roots: {
        subscription: {
          async *ticks({ to }: { to: number }) {
            for (let tick = 1; tick <= to; tick++) yield { ticks: await Promise.resolve(tick) };
          },
        },
      },
      onConnect: ({ connectionParams, extra }) => {
        authorizations.push(connectionParams?.['authorization']);
        const code = refuse(connectionParams?.['authorization'], authorizations.length);
        if (code !== undefined) extra.socket.close(code, 'Because');
        return code === undefined;
      },
    },
    sockets,
  );
  await new Promise((resolve) => sockets.once('listening', resolve));
  closers.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  });
  const url = `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/graphql`;
  return { url, authorizations, sockets };
}

/** A graphql-transport-ws server whose events and acknowledgements name their places; it notes from where clients go on. */
async function serveEvents() {
  const lastEventIds: unknown[] = [];
  let begun = 0;
  let isAway = false;
  let refusals = 0;
  const verifyClient = (): boolean => {
    if (isAway) refusals += 1;
    return !isAway;
  };
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql', verifyClient });
  const send = (message: object): void => {
    for (const socket of sockets.clients) socket.send(JSON.stringify(message));
  };
  let subscribed = '';
  sockets.on('connection', (socket) => {
    begun += 1;
    socket.on('message', (data) => {
      const { type, id, payload } = JSON.parse((data as Buffer).toString()) as Sent;
      if (type === 'connection_init') send({ type: 'connection_ack', payload: { eventId: `begun ${begun}` } });
      if (type !== 'subscribe') return;
      subscribed = id ?? '';
      lastEventIds.push(payload?.extensions?.lastEventId);
    });
  });
  await new Promise((resolve) => sockets.once('listening', resolve));
  const drop = (): void => {
    for (const socket of sockets.clients) socket.terminate();
  };
  closers.push(() => {
    drop();
    sockets.close();
  });
  return {
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}/graphql`,
    lastEventIds,
    drop,
    refuse: (isRefusing: boolean) => (isAway = isRefusing),
    refusals: () => refusals,
    emit: (ticks: number, eventId: string) =>
      send({ id: subscribed, type: 'next', payload: { data: { ticks }, extensions: { eventId } } }),
  };
}

interface Sent {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly extensions?: { readonly lastEventId?: string } };
}

/** Runs the subscription to its end. */
function run(parts: Omit<SubscriptionParts, 'webSocketImpl'>, to = 3) {
  const ticks: unknown[] = [];
  return new Promise<{ ticks: unknown[]; problem: string | undefined }>((resolve) => {
    const stop = openSubscription(
      { query: 'subscription Ticks($to: Int!) { ticks(to: $to) }', variables: { to }, operationName: 'Ticks' },
      { ...parts, webSocketImpl: WebSocket },
      {
        onConnected: () => undefined,
        onLost: () => undefined,
        onEvent: ({ data, errors }) => ticks.push(data?.['ticks'] ?? errors),
        onEnd: (problem) => resolve({ ticks, problem }),
      },
    );
    closers.push(stop);
  });
}

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe('a subscription', () => {
  it('goes on after the last event that it has, before the first one after the place that the server named', async () => {
    const { url, lastEventIds, drop, emit, refuse, refusals } = await serveEvents();
    const seen: unknown[] = [];
    let losses = 0;
    const stop = openSubscription(
      { query: 'subscription { ticks }', variables: undefined, operationName: undefined },
      { url, canRenew: false, authorization: async () => undefined, webSocketImpl: WebSocket },
      {
        onConnected: () => undefined,
        onLost: () => (losses += 1),
        onEvent: ({ data }) => seen.push(data?.['ticks']),
        onEnd: () => undefined,
      },
    );
    closers.push(stop);
    await eventually(() => lastEventIds.length === 1);

    drop();
    await eventually(() => lastEventIds.length === 2);
    emit(1, 'after one');
    await eventually(() => seen.length === 1);
    refuse(true);
    drop();
    await eventually(() => refusals() > 0);
    refuse(false);
    await eventually(() => lastEventIds.length === 3);

    expect(lastEventIds).toEqual([undefined, 'begun 1', 'after one']);
    expect(losses).toBeGreaterThanOrEqual(3);
    expect(seen).toEqual([1]);
  });

  it('carries the authorization in connection_init and hands on its events until it is complete', async () => {
    const { url, authorizations } = await serve(() => undefined);

    const outcome = await run({ url, canRenew: true, authorization: async () => 'Bearer one' });

    expect(outcome).toEqual({ ticks: [1, 2, 3], problem: undefined });
    expect(authorizations).toEqual(['Bearer one']);
  });

  it('asks for a renewed token when the server says that it has expired', async () => {
    const { url, authorizations } = await serve((authorization) => (authorization === 'Bearer 1' ? 4403 : undefined));
    let tokens = 0;

    const outcome = await run({ url, canRenew: true, authorization: async () => `Bearer ${++tokens}` });

    expect(outcome.ticks).toEqual([1, 2, 3]);
    expect(authorizations).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('says that the sign-in has expired when nothing can renew it, and tries no more', async () => {
    const { url, authorizations } = await serve(() => 4403);

    const outcome = await run({ url, canRenew: false, authorization: async () => 'Bearer by hand' });

    expect(outcome.problem).toContain('The sign-in has expired');
    expect(outcome.problem).toContain('Because, close code 4403');
    expect(authorizations).toHaveLength(1);
  });

  it('says that a sign-in is needed', async () => {
    const { url } = await serve((authorization) => (authorization === undefined ? 4401 : undefined));

    const outcome = await run({ url, canRenew: false, authorization: async () => undefined });

    expect(outcome.problem).toContain('This subscription needs a sign-in.');
    expect(outcome.ticks).toEqual([]);
  });

  it('ends with the words of a sign-in that has ended', async () => {
    const { url } = await serve(() => undefined);

    const outcome = await run({
      url,
      canRenew: true,
      authorization: () => Promise.reject(new Error('The sign-in of a@example.com has ended.')),
    });

    expect(outcome.problem).toContain('The sign-in of a@example.com has ended.');
  });

  it('tells the errors of a subscription that does not validate', async () => {
    const { url } = await serve(() => undefined);

    const outcome = await run({ url, canRenew: false, authorization: async () => undefined }, Number.NaN);

    expect(outcome.problem ?? JSON.stringify(outcome.ticks)).toContain('of non-null type');
  });
});
