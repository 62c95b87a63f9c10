import type { UpstreamPayload } from './upstream-request.ts';

/** One connection to one instance of a subgraph. */
export interface Attempt {
  readonly url: string;
  readonly payload: UpstreamPayload;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts when nobody listens any more. */
  readonly signal: AbortSignal;
}

/** How a connection ended. */
export type ConnectionEnd =
  | { readonly kind: 'complete' }
  /** The subgraph refused the operation, with GraphQL errors of its own making. */
  | { readonly kind: 'refused'; readonly errors: readonly unknown[] }
  | { readonly kind: 'lost'; readonly cause: unknown; readonly mayRetry: boolean };

export interface ConnectionEvents {
  /** The subgraph has taken the connection. */
  readonly onOpen: () => void;
  /** An event came: what should be a GraphQL response, not looked at yet. */
  readonly onPayload: (payload: unknown) => void;
}

/** Subscribes over a connection of its own. Resolves when that has ended, whichever way; never rejects. */
export type Connect = (attempt: Attempt, events: ConnectionEvents) => Promise<ConnectionEnd>;

/** What all connections are held to. */
export const CONNECTION = {
  /** For each step until the subgraph has taken the connection. */
  patienceMs: 5_000,
  maxEventBytes: 4 * 1024 * 1024,
} as const;
