import type { ClientHeaders } from '../../context.ts';

/** How a subgraph takes subscriptions, and where its instances do. */
export interface UpstreamAddress {
  readonly protocol: 'graphql-ws' | 'sse';
  readonly urls: readonly string[];
}

/** What a subgraph is asked for, as the parameters of a GraphQL request. */
export interface UpstreamPayload {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A subscription to a field of a subgraph, on behalf of one caller. */
export interface UpstreamRequest {
  readonly subgraph: string;
  readonly address: UpstreamAddress;
  readonly payload: UpstreamPayload;
  /** Who asks, as the subgraph is told: signed anew for each connection. */
  readonly headers: () => Promise<ClientHeaders>;
  /** Everything that the events depend on, the caller above all: two requests with one key may share a connection. */
  readonly key: string;
}
