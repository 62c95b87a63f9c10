import type { Logger } from 'pino';
import { createEventStreams } from './connect-over-event-stream.ts';
import { createConnectOverSocket } from './connect-over-socket.ts';
import { createUpstreams, type Upstreams } from './share-upstreams.ts';

const SILENCE_MS = 30_000;
const MAX_UPSTREAMS = 10_000;
/** About four minutes in all. */
const PERSISTENCE = { firstPauseMs: 500, longestPauseMs: 30_000, maxFailures: 12 };

/** Puts together what subscribes to subgraphs, by either protocol. */
export function openUpstreams(log: Pick<Logger, 'warn'>): Upstreams {
  const eventStreams = createEventStreams({ silenceMs: SILENCE_MS });
  const upstreams = createUpstreams({
    connect: { 'graphql-ws': createConnectOverSocket({ silenceMs: SILENCE_MS }), sse: eventStreams.connect },
    persistence: PERSISTENCE,
    maxUpstreams: MAX_UPSTREAMS,
    log,
  });
  return {
    join: upstreams.join,
    async stop() {
      await upstreams.stop();
      await eventStreams.close();
    },
  };
}
