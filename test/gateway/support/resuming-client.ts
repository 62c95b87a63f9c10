import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** What one client has seen over all its connections. */
export interface ResumingClient {
  /** The ids of the changes, as they came. */
  readonly seen: readonly string[];
  readonly gaps: () => number;
  readonly connections: () => number;
  /** Whether it has been acknowledged, so that nothing that happens from then on may be lost. */
  readonly isReady: () => boolean;
  readonly stop: () => Promise<void>;
}

interface Extensions {
  readonly eventId?: string;
  readonly resume?: string;
}

interface Answer {
  readonly changed: { readonly id: string };
}

/** Starts a client of `graphql-ws` that connects again whenever it is cut off, and goes on after its last event. */
export function startResumingClient(url: string, token: string): ResumingClient {
  const seen: string[] = [];
  const extensions: { lastEventId?: unknown } = {};
  let gaps = 0;
  let connections = 0;
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: Infinity,
    retryWait: () => new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 450)),
    shouldRetry: () => true,
    on: {
      connected(_socket, payload) {
        connections += 1;
        extensions.lastEventId ??= payload?.['eventId'];
      },
    },
  });
  client.subscribe<Answer, Extensions>(
    { query: 'subscription { changed { id } }', extensions },
    {
      next(result) {
        extensions.lastEventId = result.extensions?.eventId ?? extensions.lastEventId;
        if (result.extensions?.resume === 'RESUME_GAP') gaps += 1;
        if (result.data != null) seen.push(result.data.changed.id);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return {
    seen,
    gaps: () => gaps,
    connections: () => connections,
    isReady: () => extensions.lastEventId !== undefined,
    stop: async () => client.dispose(),
  };
}
