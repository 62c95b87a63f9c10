import type { Handler } from './handler.ts';
import { sendJson } from './send-json.ts';

/** Whether a subgraph can serve, and how long it took to say so. */
export interface SubgraphHealth {
  readonly name: string;
  readonly url: string;
  readonly isUp: boolean;
  readonly latencyMs: number;
}

interface Options {
  /** False from the moment that the process is asked to stop, so that no new work is sent to it. */
  readonly isServing: () => boolean;
  readonly probeSubgraphs: () => Promise<readonly SubgraphHealth[]>;
}

/** Builds the answers to "is the process up", "can it serve" and "how is every subgraph". */
export function createHealthEndpoints({ isServing, probeSubgraphs }: Options) {
  const live: Handler = (_request, response) => sendJson(response, 200, { status: 'up' });
  const ready: Handler = (_request, response) =>
    isServing() ? sendJson(response, 200, { status: 'ready' }) : sendJson(response, 503, { status: 'stopping' });
  const services: Handler = async (_request, response) => {
    const found = await probeSubgraphs();
    const areAllUp = found.every(({ isUp }) => isUp);
    sendJson(response, areAllUp ? 200 : 503, {
      status: areAllUp ? 'up' : 'degraded',
      // The URL stays inside: this path is open to everyone.
      services: Object.fromEntries(
        found.map(({ name, isUp, latencyMs }) => [name, { status: isUp ? 'up' : 'down', latencyMs }]),
      ),
    });
  };
  return { live, ready, services };
}
