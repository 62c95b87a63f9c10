import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createClient, type Client } from 'graphql-ws';
import { print, type GraphQLFormattedError } from 'graphql';
import WebSocket from 'ws';
import { LoginDocument } from '../../operations/generated/documents.ts';

export interface Result<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A client of the gateway, as a frontend would be one: typed documents over HTTP, subscriptions over graphql-transport-ws. */
export interface TestClient {
  readonly token: string | undefined;
  /** The data of an operation; throws with the errors when there are any. */
  data<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>;
  /** The whole answer, for operations that are to be refused. */
  send<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Result<Data>>;
  /** The codes of an operation's errors. */
  codes<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<unknown[]>;
  /** A socket with the client's token; the caller disposes of it. */
  connect(): Client;
}

export const PASSWORD = 'caregraph-demo';

/** A client without credentials, or with the headers given. */
export function anonymousClient(url: string, headers: Readonly<Record<string, string>> = {}): TestClient {
  return clientWith(url, headers, undefined);
}

/** A client signed in with a demo account's address. */
export async function signIn(url: string, email: string, password = PASSWORD): Promise<TestClient> {
  const { login } = await anonymousClient(url).data(LoginDocument, { email, password });
  return clientWith(url, { authorization: `Bearer ${login.accessToken}` }, login.accessToken);
}

/** A client with an access token. */
export function bearerClient(url: string, token: string): TestClient {
  return clientWith(url, { authorization: `Bearer ${token}` }, token);
}

function clientWith(url: string, headers: Readonly<Record<string, string>>, token: string | undefined): TestClient {
  const send: TestClient['send'] = async (document, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: print(document), variables }),
    });
    return (await response.json()) as Result<never>;
  };
  return {
    token,
    send,
    async data(document, variables) {
      const { data, errors } = await send(document, variables);
      if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
      return data;
    },
    async codes(document, variables) {
      const { errors } = await send(document, variables);
      return (errors ?? []).map(({ extensions }) => extensions?.['code']);
    },
    connect: () =>
      createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
      }),
  };
}
