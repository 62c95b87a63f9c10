import type { Logger } from 'pino';
import type { EventBus } from '../../events/event-bus.ts';
import type { DomainEvent } from '../../wire/domain-event.ts';
import { GatewayError } from '../errors/gateway-error.ts';

export interface EventListener {
  /** Resolves when events arrive, or will be caught up with; throws `SUBGRAPH_UNAVAILABLE` when they cannot be had. */
  readonly arrive: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How long a first subscription waits for a bus that has not been reached since the start. */
const PATIENCE_MS = 5_000;

/** Listens to the bus from now on; without a bus there are no events, and subscribers are told so. */
export function listenForEvents(
  bus: EventBus | undefined,
  onEvent: (event: DomainEvent) => void,
  log: Pick<Logger, 'info' | 'warn'>,
): EventListener {
  if (bus === undefined) return { arrive: () => Promise.reject(unavailable()), stop: () => Promise.resolve() };
  const consumer = bus.consume({
    after: 'now',
    onEvent,
    onState(state, cause) {
      if (state === 'listening') log.info('listening to events');
      else log.warn({ err: cause }, 'events cannot be reached: trying again');
    },
  });
  return {
    async arrive() {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(unavailable()), PATIENCE_MS);
        timer.unref();
      });
      await Promise.race([consumer.started, patience]).finally(() => clearTimeout(timer));
    },
    stop: () => consumer.stop(),
  };
}

function unavailable(): GatewayError {
  return new GatewayError('SUBGRAPH_UNAVAILABLE', 'Live updates are not available at the moment.');
}
