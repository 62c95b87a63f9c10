import type { EventBus } from '../../events/event-bus.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventMetrics } from './create-event-metrics.ts';

/** The same bus, its consumer watched: how far behind it is, and whether it is connected. */
export function measureEvents(bus: EventBus, metrics: EventMetrics, clock: Clock): EventBus {
  return {
    ...bus,
    consume: (options) =>
      bus.consume({
        ...options,
        async onEvent(event) {
          metrics.event(Math.max(0, clock() - Date.parse(event.time)) / 1000);
          await options.onEvent(event);
        },
        onState(state, cause) {
          metrics.eventBus(state === 'listening');
          options.onState?.(state, cause);
        },
      }),
  };
}
