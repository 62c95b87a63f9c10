import { Kafka, logLevel, type Producer, type SASLOptions } from 'kafkajs';
import type { DomainEvent } from '../wire/domain-event.ts';
import type { KafkaBusAddress, KafkaLogin } from './bus-address.ts';
import type { Consumer, EventBus } from './event-bus.ts';
import { consumeTopic } from './kafka-consumer.ts';
import { ensureTopic, TOPIC } from './kafka-topic.ts';

export interface KafkaEventBusOptions extends KafkaBusAddress {
  /** How long the topic, when this bus makes it, keeps an event at least, in milliseconds. */
  readonly retentionMs: number;
  /** Told of a message that holds no event and was passed over. */
  onUnreadable(position: bigint): void;
}

/**
 * The event bus over one partition of a Kafka topic, which makes the order total. Every consumer reads all of it. A batch is one
 * record batch of the partition, so that all or none of it is there; what a retry appends again, consumers know by its id.
 */
export function createKafkaEventBus(options: KafkaEventBusOptions): EventBus {
  const kafka = new Kafka({
    clientId: 'caregraph',
    brokers: [...options.brokers],
    ssl: options.isTls,
    ...(options.login && { sasl: saslOf(options.login) }),
    connectionTimeout: 5_000,
    requestTimeout: 10_000,
    // Whoever uses the bus tries again, with backoff; consumers report what went wrong.
    retry: { retries: 2 },
    logLevel: logLevel.NOTHING,
  });
  const publisher = createPublisher(kafka, options.retentionMs);
  const consumers = new Set<Consumer>();
  return {
    kind: 'kafka',
    publish: (events) => publisher.publish(events),
    consume(consumeOptions) {
      const consumer = consumeTopic({ ...options, kafka }, consumeOptions);
      consumers.add(consumer);
      return consumer;
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await publisher.close();
    },
  };
}

function createPublisher(kafka: Kafka, retentionMs: number) {
  let connected: Promise<Producer> | undefined;
  const connect = async (): Promise<Producer> => {
    await ensureTopic(kafka, retentionMs);
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      maxInFlightRequests: 1,
      createPartitioner: () => () => 0,
    });
    await producer.connect();
    return producer;
  };
  return {
    async publish(events: readonly DomainEvent[]): Promise<void> {
      if (events.length === 0) return;
      connected ??= connect().catch((cause: unknown) => {
        connected = undefined;
        throw cause;
      });
      const producer = await connected;
      const messages = events.map((event) => ({ key: event.subject, value: JSON.stringify(event) }));
      await producer.send({ topic: TOPIC, acks: -1, messages });
    },
    async close(): Promise<void> {
      const producer = await connected?.catch(() => undefined);
      await producer?.disconnect();
    },
  };
}

function saslOf({ mechanism, username, password }: KafkaLogin): SASLOptions {
  return { mechanism, username, password };
}
