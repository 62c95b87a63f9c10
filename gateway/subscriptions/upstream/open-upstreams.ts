import type { Logger } from 'pino';
import { createEventStreams } from './connect-over-event-stream.ts';
import { createConnectOverSocket } from './connect-over-socket.ts';
import { createUpstreams, type Upstreams } from './share-upstreams.ts';
import type { UpstreamMetrics } from './upstream-metrics.ts';

export interface UpstreamSettings {
  /** Different subscriptions to subgraphs that may be open. */
  readonly maxUpstreams: number;
  /** A subgraph that could not be reached so often in a row is given up. */
  readonly maxFailures: number;
  /** A subgraph that gives no sign of life for so long is taken for dead. */
  readonly silenceMs: number;
}

interface Options {
  readonly settings: UpstreamSettings;
  readonly log: Pick<Logger, 'warn'>;
  readonly metrics: UpstreamMetrics;
}

const PAUSES = { firstPauseMs: 500, longestPauseMs: 30_000 };

/** Puts together what subscribes to subgraphs, by either protocol. */
export function openUpstreams({ settings, log, metrics }: Options): Upstreams {
  const { maxUpstreams, maxFailures, silenceMs } = settings;
  const eventStreams = createEventStreams({ silenceMs });
  const upstreams = createUpstreams({
    connect: { 'graphql-ws': createConnectOverSocket({ silenceMs }), sse: eventStreams.connect },
    persistence: { ...PAUSES, maxFailures },
    maxUpstreams,
    log,
    metrics,
  });
  return {
    join: upstreams.join,
    async stop() {
      await upstreams.stop();
      await eventStreams.close();
    },
  };
}
