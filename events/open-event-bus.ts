import type { Logger } from 'pino';
import type { EventSettings } from './bus-settings.ts';
import type { EventBus } from './event-bus.ts';
import { createKafkaEventBus } from './kafka-event-bus.ts';
import { createPostgresEventBus } from './postgres-event-bus.ts';
import { createRedisEventBus } from './redis-event-bus.ts';

/** The event bus that the settings name. Connects when it is first used; logs the positions of what it cannot read. */
export function openEventBus({ address, retentionMs }: EventSettings, log: Pick<Logger, 'error'>): EventBus {
  const onUnreadable = (position: bigint): void =>
    log.error({ position: String(position) }, 'an entry of the event log is no event and was passed over');
  switch (address.kind) {
    case 'postgres':
      return createPostgresEventBus({
        connectionString: address.connectionString,
        retentionMs,
        onRetentionFailed: (cause) => log.error({ err: cause }, 'old events could not be deleted from the event log'),
      });
    case 'redis':
      return createRedisEventBus({ url: address.url, retentionMs, onUnreadable });
    case 'kafka':
      return createKafkaEventBus({ ...address, retentionMs, onUnreadable });
  }
}
