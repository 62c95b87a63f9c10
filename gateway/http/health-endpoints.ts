import type { Handler } from './handler.ts';
import { sendJson } from './send-json.ts';

/** Whether one instance of a subgraph can serve, and how long it took to say so. */
export interface InstanceHealth {
  readonly name: string;
  readonly isUp: boolean;
  readonly latencyMs: number;
}

interface Options {
  /** False from the moment that the process is asked to stop, so that no new work is sent to it. */
  readonly isServing: () => boolean;
  readonly probeSubgraphs: () => Promise<readonly InstanceHealth[]>;
}

/** Builds the answers to "is the process up", "can it serve" and "how is every subgraph". */
export function createHealthEndpoints({ isServing, probeSubgraphs }: Options) {
  const probe = sharedWhileRunning(probeSubgraphs);

  const live: Handler = (_request, response) => sendJson(response, 200, { status: 'up' });
  const ready: Handler = (_request, response) =>
    isServing() ? sendJson(response, 200, { status: 'ready' }) : sendJson(response, 503, { status: 'stopping' });
  const services: Handler = async (_request, response) => {
    const found = servicesOf(await probe());
    const areAllUp = Object.values(found).every(({ status }) => status === 'up');
    sendJson(response, areAllUp ? 200 : 503, { status: areAllUp ? 'up' : 'degraded', services: found });
  };
  return { live, ready, services };
}

/** However many ask at once, one probe runs: this path is open to everyone, and must not multiply what they send. */
function sharedWhileRunning<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () =>
    (running ??= run().finally(() => {
      running = undefined;
    }));
}

interface ServiceHealth {
  readonly status: 'up' | 'down';
  /** Of the quickest instance that is up; else of the quickest failure. */
  readonly latencyMs: number;
  readonly instances: number;
  readonly instancesUp: number;
}

/** A subgraph is up while one of its instances is: requests are passed on to that. No addresses: they stay inside. */
function servicesOf(found: readonly InstanceHealth[]): Readonly<Record<string, ServiceHealth>> {
  const names = [...new Set(found.map(({ name }) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const instances = found.filter((instance) => instance.name === name);
      const up = instances.filter(({ isUp }) => isUp);
      const latencyMs = Math.min(...(up.length > 0 ? up : instances).map((instance) => instance.latencyMs));
      const status = up.length > 0 ? 'up' : 'down';
      return [name, { status, latencyMs, instances: instances.length, instancesUp: up.length }] as const;
    }),
  );
}
