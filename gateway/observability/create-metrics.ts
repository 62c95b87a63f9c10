import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { RealtimeMetrics } from '../subscriptions/realtime-metrics.ts';
import { createEventMetrics, type EventMetrics } from './create-event-metrics.ts';
import { createRealtimeMetrics } from './create-realtime-metrics.ts';
import { DurationHistogram } from './duration-histogram.ts';

/** What the gateway counts. No label holds a text, an id or a name that a client chose. */
export interface Metrics extends EventMetrics {
  /** `outcome`: `ok`, `errors` for an answer with errors in it, or the code of a refusal. */
  readonly operation: (kind: string, outcome: string, seconds: number) => void;
  readonly step: (step: string, seconds: number) => void;
  readonly fetch: (subgraph: string, outcome: string, seconds: number) => void;
  readonly fault: (code: string) => void;
  /** `outcome`: `applied`, `refused` or `unreadable`. */
  readonly reload: (outcome: string) => void;
  readonly realtime: RealtimeMetrics;
  /** In Prometheus's text format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Builds the gateway's metrics in a registry of their own, beside those of the process. `waiting`: how many requests have come and not begun. */
export function createMetrics(waiting: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const operations = new DurationHistogram(
    {
      name: 'caregraph_gateway_operation_duration_seconds',
      help: 'Operations by kind and outcome, from the first step to the answer.',
      labelNames: ['kind', 'outcome'],
      buckets: BUCKETS,
    },
    registry,
  );
  const steps = new DurationHistogram(
    {
      name: 'caregraph_gateway_step_duration_seconds',
      help: 'What each step of a request takes.',
      labelNames: ['step'],
      buckets: BUCKETS,
    },
    registry,
  );
  const fetches = new DurationHistogram(
    {
      name: 'caregraph_gateway_subgraph_fetch_duration_seconds',
      help: 'Requests to subgraphs, by subgraph and outcome.',
      labelNames: ['subgraph', 'outcome'],
      buckets: BUCKETS,
    },
    registry,
  );
  const faults = new Counter({
    name: 'caregraph_gateway_faults_total',
    help: 'Errors that were not the fault of a client, by code.',
    labelNames: ['code'],
    registers,
  });
  const reloads = new Counter({
    name: 'caregraph_gateway_supergraph_reloads_total',
    help: 'Changes of the supergraph file, by what came of them.',
    labelNames: ['outcome'],
    registers,
  });
  gaugeWaiting(waiting, registry);
  return {
    ...createEventMetrics(registers),
    operation: (kind, outcome, seconds) => operations.observe(seconds, kind, outcome),
    step: (step, seconds) => steps.observe(seconds, step),
    fetch: (subgraph, outcome, seconds) => fetches.observe(seconds, subgraph, outcome),
    fault: (code) => faults.inc({ code }),
    reload: (outcome) => reloads.inc({ outcome }),
    realtime: createRealtimeMetrics(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function gaugeWaiting(waiting: () => number, registry: Registry): void {
  new Gauge({
    name: 'caregraph_gateway_requests_waiting',
    help: 'HTTP requests that have come and not begun, as others have to be finished first.',
    registers: [registry],
    collect() {
      this.set(waiting());
    },
  });
}
