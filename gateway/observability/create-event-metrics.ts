import { Counter, Gauge, type Registry } from 'prom-client';

/** What the gateway counts of the events that it consumes. */
export interface EventMetrics {
  /** `lagSeconds`: from when it happened to when the gateway took it up. */
  readonly event: (lagSeconds: number) => void;
  readonly eventBus: (isConnected: boolean) => void;
}

/** Builds the metrics of the event bus in a registry. */
export function createEventMetrics(registers: Registry[]): EventMetrics {
  const events = new Counter({
    name: 'caregraph_gateway_events_total',
    help: 'Domain events that were taken up.',
    registers,
  });
  const lag = new Gauge({
    name: 'caregraph_gateway_event_lag_seconds',
    help: 'How old the last event was when it was taken up.',
    registers,
  });
  const connected = new Gauge({
    name: 'caregraph_gateway_event_bus_connected',
    help: '1 while events arrive as they are published, 0 while the bus is away or no bus is set.',
    registers,
  });
  return {
    event(lagSeconds) {
      events.inc();
      lag.set(lagSeconds);
    },
    eventBus: (isConnected) => connected.set(isConnected ? 1 : 0),
  };
}
