import type { Logger } from 'pino';
import type { Consumer, EventBus } from '../../events/event-bus.ts';
import type { LoggedEvent } from '../../wire/domain-event.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { EventWindow } from './event-window.ts';

export interface EventListener {
  /**
   * Resolves when events arrive, or will be caught up with, and those of the recent past are in the window; throws
   * `SUBGRAPH_UNAVAILABLE` when they cannot be had.
   */
  readonly arrive: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Options {
  /** Undefined: there are no events, and subscribers are told so. */
  readonly bus: EventBus | undefined;
  readonly window: EventWindow;
  /** How far back the window is filled at the start. */
  readonly since: Date;
  readonly onEvent: (event: LoggedEvent) => void;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** For how long after the start subscriptions wait for the bus to be reached and caught up with. */
const PATIENCE_MS = 5_000;

/** Listens to the bus: first to what happened in the recent past, which nobody is subscribed to yet, then to what happens. */
export function listenForEvents({ bus, window, since, onEvent, log }: Options): EventListener {
  if (bus === undefined) return { arrive: () => Promise.reject(unavailable()), stop: () => Promise.resolve() };
  const stopping = new AbortController();
  const consumer = bus.consume({
    after: since,
    onEvent(event) {
      window.add(event);
      onEvent(event);
    },
    onPassedOver: (position) => window.passOver(position),
    onState(state, cause) {
      if (state === 'listening') log.info('listening to events');
      else log.warn({ err: cause }, 'events cannot be reached: trying again');
    },
  });
  const end = bus.consume({ after: 'now', onEvent: () => undefined });
  const caughtUp = catchUp({ consumer, end, window, signal: stopping.signal });
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
    timer.unref();
  }).then(() => Promise.reject(unavailable()));
  impatience.catch(() => undefined);
  return {
    // Once the patience is over, whoever comes is refused at once until the log has been caught up with.
    arrive: () => Promise.race([caughtUp, impatience]),
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await Promise.all([consumer.stop(), end.stop()]);
    },
  };
}

interface CatchingUp {
  readonly consumer: Consumer;
  /** Knows where the log ended at the start. */
  readonly end: Consumer;
  readonly window: EventWindow;
  readonly signal: AbortSignal;
}

async function catchUp({ consumer, end, window, signal }: CatchingUp): Promise<void> {
  await end.started;
  const endOfLog = end.position ?? 0n;
  await Promise.all([end.stop(), consumer.started]);
  window.begin(consumer.position ?? endOfLog);
  await window.reached(endOfLog, signal);
}

function unavailable(): GatewayError {
  return new GatewayError('SUBGRAPH_UNAVAILABLE', 'Live updates are not available at the moment.');
}
