import { createClient } from 'graphql-ws';
import type { FormattedExecutionResult } from 'graphql-ws';
import { explainClose } from './close-reason.ts';

/** One event: what the subscription's selection gave for it. */
export type SubscriptionResult = FormattedExecutionResult;

export interface SubscriptionRequest {
  query: string;
  variables: Record<string, unknown> | undefined;
  operationName: string | undefined;
}

export interface SubscriptionParts {
  /** ws: or wss:, the address of the GraphQL endpoint. */
  url: string;
  /** Asked each time a socket opens; undefined for an anonymous one. What it rejects with ends the subscription. */
  authorization: () => Promise<string | undefined>;
  /** Whether `authorization` can renew what the server refuses as expired. */
  canRenew: boolean;
  /** For an environment without a WebSocket of its own. */
  webSocketImpl?: unknown;
}

export interface SubscriptionHandlers {
  onConnected: () => void;
  /** The connection has gone; another one is tried, unless `onEnd` follows. */
  onLost: () => void;
  onEvent: (result: SubscriptionResult) => void;
  /** With a problem in plain words, or without one when the server has completed the subscription. */
  onEnd: (problem: string | undefined) => void;
}

const FORBIDDEN = 4403;
/** In a row: about three quarters of a minute. */
const RETRIES = 20;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Runs one subscription over graphql-transport-ws on a socket of its own, which opens at once and closes with it. A lost
 * connection is restored, and an expired token renewed, some times in a row; it goes on after the last event that came, or after
 * the place that the server named when the lost connection began. Returns the function that stops it, after which no handler is
 * called.
 */
export function openSubscription(
  request: SubscriptionRequest,
  parts: SubscriptionParts,
  handlers: SubscriptionHandlers,
): () => void {
  /** Read anew at each connection. */
  const extensions: { lastEventId?: string } = {};
  let acknowledged: string | undefined;
  let isOver = false;
  const client = createClient({
    url: parts.url,
    retryAttempts: RETRIES,
    retryWait: (retries) => wait(Math.random() * Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** retries)),
    // Whatever is no Error of ours came from a connection: it was closed, or could not be made.
    shouldRetry: (problem) =>
      isCloseEvent(problem) ? problem.code !== FORBIDDEN || parts.canRenew : !(problem instanceof Error),
    connectionParams: async () => {
      const authorization = await parts.authorization();
      return authorization === undefined ? {} : { authorization };
    },
    on: {
      connected: (_socket, payload) => {
        if (acknowledged !== undefined) extensions.lastEventId ??= acknowledged;
        acknowledged = eventIdIn(payload);
        handlers.onConnected();
      },
      closed: () => {
        if (!isOver) handlers.onLost();
      },
    },
    ...(parts.webSocketImpl !== undefined && { webSocketImpl: parts.webSocketImpl }),
  });

  const end = (problem: string | undefined): void => {
    if (isOver) return;
    isOver = true;
    void client.dispose();
    handlers.onEnd(problem);
  };
  const unsubscribe = client.subscribe<Record<string, unknown>, Record<string, unknown>>(
    {
      query: request.query,
      ...(request.variables && { variables: request.variables }),
      ...(request.operationName !== undefined && { operationName: request.operationName }),
      extensions,
    },
    {
      next: (result) => {
        const eventId = eventIdIn(result.extensions);
        if (eventId !== undefined) extensions.lastEventId = eventId;
        if (!isOver) handlers.onEvent(result);
      },
      error: (error) => end(describe(error)),
      complete: () => end(undefined),
    },
  );

  return () => {
    isOver = true;
    unsubscribe();
    void client.dispose();
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function eventIdIn(told: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const eventId = told?.['eventId'];
  return typeof eventId === 'string' ? eventId : undefined;
}

/** graphql-ws hands on a CloseEvent, a plain error, or the GraphQL errors of the server's `error` message. */
function describe(error: unknown): string {
  if (isCloseEvent(error)) return explainClose(error.code, error.reason);
  if (Array.isArray(error)) return error.map((one: { message?: unknown }) => String(one.message)).join(' ');
  return error instanceof Error ? error.message : 'The connection to the gateway failed.';
}

function isCloseEvent(value: unknown): value is { code: number; reason: string } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'number';
}
