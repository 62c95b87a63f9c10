import type { Redis } from 'ioredis';
import { createRedisClient } from './redis-client.ts';
import type { DomainEvent } from '../wire/domain-event.ts';
import type { Consumer, EventBus } from './event-bus.ts';
import { pauseMs } from './keep-trying.ts';
import { consumeStream } from './redis-consumer.ts';

export interface RedisEventBusOptions {
  /** `redis://` or `rediss://`, with user, password and database number as needed. */
  readonly url: string;
  /** How long an event stays in the stream at least, in milliseconds. */
  readonly retentionMs: number;
  /** Told of an entry that holds no event and was passed over. */
  onUnreadable(position: bigint): void;
}

/** One hash tag for all keys, so that a cluster keeps them together. */
const STREAM = '{caregraph:events}';
const COMMAND_TIMEOUT_MS = 10_000;
/** For the server to confirm a goodbye. */
const GOODBYE_MS = 200;

/** For each source, the ids that it published last: many times what a relay may publish again after a failure. */
const IDS_PER_SOURCE = 10_000;

/** KEYS: the stream, then the known ids of each source. ARGV: retention, ids per source; for each event: its key, id and JSON. */
const APPEND = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local oldest = string.format('%.0f', now - ARGV[1])
for i = 3, #ARGV, 3 do
  if redis.call('ZADD', KEYS[tonumber(ARGV[i])], 'NX', string.format('%.0f', now * 1000 + i / 3), ARGV[i + 1]) == 1 then
    redis.call('XADD', KEYS[1], 'MINID', '~', oldest, '*', 'event', ARGV[i + 2])
  end
end
for k = 2, #KEYS do redis.call('ZREMRANGEBYRANK', KEYS[k], 0, -ARGV[2] - 1) end
`;

/**
 * The event bus over a Redis stream (Redis 6.2 or later). A script appends a batch at one moment and passes over what is in the
 * stream already; entries older than the retention are trimmed as new ones come.
 */
export function createRedisEventBus(options: RedisEventBusOptions): EventBus {
  const publisher = createRedisClient(options.url, {
    lazyConnect: true,
    connectionName: 'events-publisher',
    commandTimeout: COMMAND_TIMEOUT_MS,
    disconnectTimeout: GOODBYE_MS,
    // A publish fails at the first failure to connect: its relay tries again.
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times) => pauseMs(times - 1),
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  // Each publish reports its own failure.
  publisher.on('error', () => undefined);
  const consumers = new Set<Consumer>();
  return {
    kind: 'redis',
    publish: (events) => append(publisher, events, options.retentionMs),
    consume(consumeOptions) {
      const consumer = consumeStream({ ...options, stream: STREAM }, consumeOptions);
      consumers.add(consumer);
      return consumer;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      publisher.disconnect();
    },
  };
}

async function append(client: Redis, events: readonly DomainEvent[], retentionMs: number): Promise<void> {
  if (events.length === 0) return;
  const sources = [...new Set(events.map(({ source }) => source))];
  const keys = [STREAM, ...sources.map((source) => `${STREAM}:ids:${source}`)];
  // Lua counts from 1, and the stream comes first.
  const list = events.flatMap((event) => [sources.indexOf(event.source) + 2, event.id, JSON.stringify(event)]);
  await client.eval(APPEND, keys.length, ...keys, retentionMs, IDS_PER_SOURCE, ...list);
}
