import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { Result, TestClient } from './client.ts';

export interface Events<Data> {
  /** Resolves once the gateway has taken the subscription up: what happens from then on is delivered. */
  readonly ready: Promise<void>;
  /** The next event, waiting for it if need be; rejects when the subscription ends first. */
  next(): Promise<Result<Data>>;
  /** How many events came that nobody has taken. */
  received(): number;
  stop(): Promise<void>;
}

/** Subscribes over a socket of its own. */
export function eventsOf<Data, Variables extends Record<string, unknown>>(
  client: TestClient,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Events<Data> {
  const socket = client.connect();
  const waiting: Result<Data>[] = [];
  const takers: ((result: Result<Data>) => void)[] = [];
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);

  socket.subscribe<Data>(
    { query: print(document), variables },
    {
      next: (result) => {
        const taker = takers.shift();
        if (taker === undefined) waiting.push(result as Result<Data>);
        else taker(result as Result<Data>);
      },
      error: fail,
      complete: () => fail(new Error('the subscription ended')),
    },
  );
  // Messages of one socket are answered in order, so an answered query means that the subscription before it was taken up.
  const ready = new Promise<void>((resolve, reject) => {
    socket.subscribe({ query: '{ __typename }' }, { next: () => undefined, error: reject, complete: () => resolve() });
  });
  return {
    ready: Promise.race([ready, failed]),
    next: () => {
      const result = waiting.shift();
      return result === undefined
        ? Promise.race([new Promise<Result<Data>>((resolve) => takers.push(resolve)), failed])
        : Promise.resolve(result);
    },
    received: () => waiting.length,
    stop: async () => socket.dispose(),
  };
}
