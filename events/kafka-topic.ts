import type { Admin, Kafka } from 'kafkajs';

export const TOPIC = 'caregraph.events';

/** Makes the topic where it is missing: one partition, stamped by the broker, kept for the retention. */
export async function ensureTopic(kafka: Kafka, retentionMs: number): Promise<void> {
  await withAdmin(kafka, async (admin) => {
    const configEntries = [
      { name: 'retention.ms', value: String(retentionMs) },
      { name: 'message.timestamp.type', value: 'LogAppendTime' },
    ];
    const topic = { topic: TOPIC, numPartitions: 1, replicationFactor: -1, configEntries };
    // Where the operator makes topics, we may not: without one, what comes next says that it is missing.
    await admin.createTopics({ topics: [topic], waitForLeaders: true }).catch(() => undefined);
  });
}

/** The offsets of the topic: of its oldest message, of the next one to come, and of the first since a time. */
export async function offsetsOf(kafka: Kafka, since: Date | undefined) {
  return withAdmin(kafka, async (admin) => {
    // In this order: what is appended in between has to lie after the place in time, not before it.
    const first = since && firstPartition(await admin.fetchTopicOffsetsByTimestamp(TOPIC, since.getTime()));
    const { low, high } = firstPartition(await admin.fetchTopicOffsets(TOPIC));
    return { low: BigInt(low), next: BigInt(high), since: first && BigInt(first.offset) };
  });
}

async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

function firstPartition<T extends { readonly partition: number }>(partitions: readonly T[]): T {
  const found = partitions.find(({ partition }) => partition === 0);
  if (found === undefined) throw new Error(`the topic ${TOPIC} has no partition 0`);
  return found;
}
