import { randomUUID } from 'node:crypto';
import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { createAlarm } from './alarm.ts';
import { consumerOf, createConsumerProgress, type ConsumerProgress } from './consumer-progress.ts';
import type { ConsumeOptions, Consumer, StartingPoint } from './event-bus.ts';
import { ensureTopic, offsetsOf, TOPIC } from './kafka-topic.ts';
import { keepTrying, pauseMs } from './keep-trying.ts';
import { parseEvent } from './parse-event.ts';
import { PositionBeyondEndError } from './position-beyond-end.ts';

export interface TopicSource {
  readonly kafka: Kafka;
  readonly retentionMs: number;
  onUnreadable(position: bigint): void;
}

/** How many earlier events a consumer reads before its first: more than a relay may publish again after a failure. */
const REMEMBERED = 1_000n;
const LONGEST_POLL_MS = 1_000;

/** Reads partition 0 from where it is told to, alone in a group of its own that commits nothing, through every loss. */
export function consumeTopic(source: TopicSource, options: ConsumeOptions): Consumer {
  const progress = createConsumerProgress(options);
  /** The offset to read from next; undefined until the place to start is known. */
  let offset: bigint | undefined;
  const trying = keepTrying({
    async session(signal, onWorking) {
      await ensureTopic(source.kafka, source.retentionMs);
      offset ??= await place(source.kafka, options.after, progress);
      await asGroupMember(source.kafka, signal, {
        nextOffset: () => offset ?? 0n,
        onJoined() {
          onWorking();
          progress.listening();
        },
        async onMessage(message, heartbeat) {
          await handOver(message, { source, progress, signal, heartbeat });
          if (!signal.aborted) offset = BigInt(message.offset) + 1n;
        },
      });
    },
    onFailure: (cause) => progress.waiting(cause),
  });
  return consumerOf(progress, () => trying.stop());
}

/** Finds where to start; resolves with the offset from which to read so that a double of an earlier event is known. */
async function place(kafka: Kafka, start: StartingPoint, progress: ConsumerProgress): Promise<bigint> {
  const { low, next, since } = await offsetsOf(kafka, start instanceof Date ? start : undefined);
  if (typeof start === 'bigint' && start > next) throw new PositionBeyondEndError(start, next);
  // A position is one more than the offset of its message, and so the offset of the message after it.
  const position = typeof start === 'bigint' ? start : (since ?? next);
  progress.position = position;
  return position - REMEMBERED > low ? position - REMEMBERED : low;
}

interface Membership {
  /** Asked at each (re)joining: nothing is committed, so the group itself knows no place. */
  nextOffset(): bigint;
  onJoined(): void;
  onMessage(message: KafkaMessage, heartbeat: () => Promise<void>): Promise<void>;
}

/** Consumes until the signal aborts; throws when the group or the broker is lost. */
async function asGroupMember(kafka: Kafka, signal: AbortSignal, membership: Membership): Promise<void> {
  const member = kafka.consumer({
    groupId: `caregraph-events-${randomUUID()}`,
    maxWaitTimeInMs: LONGEST_POLL_MS,
    allowAutoTopicCreation: false,
    retry: { retries: 2, restartOnFailure: async () => false },
  });
  const ended = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
    member.on(member.events.CRASH, ({ payload }) => reject(payload.error));
  });
  ended.catch(() => undefined);
  member.on(member.events.GROUP_JOIN, () => {
    member.seek({ topic: TOPIC, partition: 0, offset: String(membership.nextOffset()) });
    membership.onJoined();
  });
  try {
    await member.connect();
    await member.subscribe({ topics: [TOPIC], fromBeginning: true });
    await member.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => eachMessage(payload, signal, membership),
    });
    await ended;
  } finally {
    await member.disconnect();
  }
}

async function eachMessage(
  { batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload,
  signal: AbortSignal,
  { onMessage }: Membership,
): Promise<void> {
  for (const message of batch.messages) {
    if (signal.aborted || !isRunning() || isStale()) return;
    if (batch.partition === 0) await onMessage(message, heartbeat);
    resolveOffset(message.offset);
    await heartbeat();
  }
}

interface Delivery {
  readonly source: TopicSource;
  readonly progress: ConsumerProgress;
  readonly signal: AbortSignal;
  heartbeat(): Promise<void>;
}

/** Hands a message over, again and again while the receiver fails; remembers it if it is from before the starting place. */
async function handOver(message: KafkaMessage, delivery: Delivery): Promise<void> {
  const { source, progress, signal, heartbeat } = delivery;
  const position = BigInt(message.offset) + 1n;
  const isEarlier = position <= (progress.position ?? 0n);
  const event = parseEvent(message.value?.toString());
  if (event === undefined) {
    if (isEarlier) return;
    source.onUnreadable(position);
    progress.passOver(position);
    return;
  }
  if (isEarlier) {
    progress.remember(event);
    return;
  }
  const pauses = createAlarm();
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await progress.take({ ...event, position });
      progress.listening();
      return;
    } catch (cause) {
      progress.waiting(cause);
      await pauses.sleep(pauseMs(failures), signal);
      await heartbeat();
    }
  }
}
