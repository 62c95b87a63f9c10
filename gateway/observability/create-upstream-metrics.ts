import { Counter, Gauge, type Registry } from 'prom-client';
import type { UpstreamMetrics } from '../subscriptions/upstream/upstream-metrics.ts';

/** Builds the metrics of subscriptions to subgraphs in a registry. */
export function createUpstreamMetrics(registers: Registry[]): UpstreamMetrics {
  const subscriptions = new Gauge({
    name: 'caregraph_gateway_upstream_subscriptions',
    help: 'Subscriptions to subgraphs that are open, by subgraph.',
    labelNames: ['subgraph'],
    registers,
  });
  const reconnects = new Counter({
    name: 'caregraph_gateway_upstream_reconnects_total',
    help: 'Connections of subscriptions to subgraphs that were lost or could not be made and were tried again, by subgraph.',
    labelNames: ['subgraph'],
    registers,
  });
  return {
    upstreamOpened: (subgraph) => subscriptions.inc({ subgraph }),
    upstreamEnded: (subgraph) => subscriptions.dec({ subgraph }),
    upstreamLost: (subgraph) => reconnects.inc({ subgraph }),
  };
}
