import { Counter, Gauge, type Registry } from 'prom-client';
import type { RealtimeMetrics } from '../subscriptions/realtime-metrics.ts';
import { createUpstreamMetrics } from './create-upstream-metrics.ts';

/** Builds the metrics of sockets and subscriptions in a registry. */
export function createRealtimeMetrics(registry: Registry): RealtimeMetrics {
  const registers = [registry];
  const sockets = new Gauge({ name: 'caregraph_gateway_sockets', help: 'Sockets that are open.', registers });
  const streams = new Gauge({
    name: 'caregraph_gateway_streams',
    help: 'Subscriptions over HTTP that are open.',
    registers,
  });
  const closes = new Counter({
    name: 'caregraph_gateway_socket_closes_total',
    help: 'Sockets and streams over HTTP that have ended or were refused, by why.',
    labelNames: ['reason', 'transport'],
    registers,
  });
  const subscriptions = new Gauge({
    name: 'caregraph_gateway_subscriptions',
    help: 'Subscriptions to events that are live.',
    registers,
  });
  const resumes = new Counter({
    name: 'caregraph_gateway_resumes_total',
    help: 'Subscriptions that went on where they had ended, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const skips = new Counter({
    name: 'caregraph_gateway_skipped_answers_total',
    help: 'Answers that slow clients were not sent, because a later one of the same state was waiting.',
    registers,
  });
  const refusals = new Counter({
    name: 'caregraph_gateway_socket_operations_refused_total',
    help: 'Operations that were one too many on their socket.',
    registers,
  });
  const kept = new Gauge({
    name: 'caregraph_gateway_kept_events',
    help: 'Events that are kept for clients that come back.',
    registers,
  });
  return {
    ...createUpstreamMetrics(registers),
    socketOpened: () => sockets.inc(),
    socketClosed: (reason) => {
      sockets.dec();
      closes.inc({ reason, transport: 'websocket' });
    },
    streamOpened: () => streams.inc(),
    streamClosed: (reason) => {
      streams.dec();
      closes.inc({ reason, transport: 'http' });
    },
    subscriptionOpened: () => subscriptions.inc(),
    subscriptionEnded: () => subscriptions.dec(),
    resume: (outcome) => resumes.inc({ outcome }),
    skipped: (count) => skips.inc(count),
    operationRefused: () => refusals.inc(),
    kept: (events) => kept.set(events),
  };
}
