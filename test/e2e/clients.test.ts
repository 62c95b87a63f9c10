import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import {
  CancelDocument,
  FindDoctorsDocument,
  MyAppointmentsDocument,
  MyUpcomingDocument,
} from '../../operations/generated/documents.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';
import { signIn, type TestClient } from '../support/client.ts';

describe('Apollo Client', () => {
  let platform: TestPlatform;
  let patient: TestClient;
  let stopClient: () => void = () => undefined;

  beforeAll(async () => {
    platform = await startPlatform();
    patient = await signIn(platform.url, 'patient@example.com');
  }, 120_000);

  afterAll(async () => {
    stopClient();
    await platform.stop();
  });

  it('sends persisted queries by GET, mutations by POST, and receives what changes over its socket', async () => {
    const methods: string[] = [];
    const authorization = `Bearer ${patient.token ?? ''}`;
    const http = new HttpLink({
      uri: `${platform.url}/graphql`,
      headers: { authorization },
      fetch: (url, options) => {
        methods.push(options?.method ?? 'GET');
        return fetch(url, options);
      },
    });
    const persisted = new PersistedQueryLink({
      sha256: (query) => createHash('sha256').update(query).digest('hex'),
      useGETForHashedQueries: true,
    });
    const socket = createClient({
      url: `${platform.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
    });
    const link = ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink(socket),
      persisted.concat(http),
    );
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    stopClient = () => {
      client.stop();
      void socket.dispose();
    };

    const variables = { filter: { city: 'Cairo' }, first: 2 };
    const first = await client.query({ query: FindDoctorsDocument, variables });
    const again = await client.query({ query: FindDoctorsDocument, variables, fetchPolicy: 'network-only' });
    expect(again.data).toEqual(first.data);
    expect(methods).toEqual(['GET', 'POST', 'GET']);

    const upcoming = await client.query({ query: MyUpcomingDocument, variables: { first: 1 } });
    const id = upcoming.data?.myAppointments.edges[0]?.node.id ?? '';
    const seen = new Promise<unknown>((resolve, reject) => {
      client
        .subscribe({ query: MyAppointmentsDocument })
        .subscribe({ next: ({ data }) => resolve(data?.appointmentStatusChanged.appointment), error: reject });
    });
    // A socket's messages are taken up in order: once a later query is answered, the subscription is live.
    await new Promise<void>((resolve, reject) => {
      socket.subscribe({ query: '{ __typename }' }, { next: () => undefined, error: reject, complete: resolve });
    });
    const cancelled = await client.mutate({ mutation: CancelDocument, variables: { id } });

    expect(cancelled.data?.cancelAppointment).toMatchObject({ id, status: 'CANCELLED' });
    expect(await seen).toMatchObject({ id, status: 'CANCELLED' });
  });
});
