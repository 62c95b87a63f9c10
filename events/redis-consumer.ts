import type { Redis } from 'ioredis';
import { createRedisClient } from './redis-client.ts';
import { consumerOf, createConsumerProgress, type ConsumerProgress } from './consumer-progress.ts';
import type { ConsumeOptions, Consumer, StartingPoint } from './event-bus.ts';
import { keepTrying } from './keep-trying.ts';
import { parseEvent } from './parse-event.ts';
import { PositionBeyondEndError } from './position-beyond-end.ts';
import { entryAt, positionBefore, positionOfEntry, positionOfTime } from './redis-position.ts';

export interface StreamSource {
  readonly url: string;
  readonly stream: string;
  onUnreadable(position: bigint): void;
}

const READ_LIMIT = 500;
/** For the server to confirm a goodbye. */
const GOODBYE_MS = 200;
const BLOCK_MS = 5_000;
/** A read that has not come back long after its time to block is over has lost its server without a word. */
const COMMAND_TIMEOUT_MS = 10_000;
/** How many earlier events a consumer looks at before its first: more than a relay may publish again after a failure. */
const REMEMBERED = 1_000;

/** Reads a stream from where it is told to, on a connection of its own, through every loss of the connection. */
export function consumeStream(source: StreamSource, options: ConsumeOptions): Consumer {
  const progress = createConsumerProgress(options);
  let isPlaced = false;
  const trying = keepTrying({
    session: (signal, onWorking) =>
      withConnection(source.url, signal, async (client) => {
        if (!isPlaced) await place(client, source, options.after, progress);
        isPlaced = true;
        progress.listening();
        while (!signal.aborted) {
          await handOver(client, source, progress, signal);
          onWorking();
        }
      }),
    onFailure: (cause) => progress.waiting(cause),
  });
  return consumerOf(progress, () => trying.stop());
}

/** A connection for one session; it is cut when the signal aborts, which ends a read that waits. */
async function withConnection(url: string, signal: AbortSignal, work: (client: Redis) => Promise<void>): Promise<void> {
  const losses: Error[] = [];
  const client = createRedisClient(url, {
    lazyConnect: true,
    connectionName: 'events-consumer',
    disconnectTimeout: GOODBYE_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: null,
  });
  client.on('error', (cause: Error) => losses.push(cause));
  const hangUp = (): void => client.disconnect();
  signal.addEventListener('abort', hangUp);
  try {
    await client.connect();
    await work(client);
  } catch (cause) {
    // ioredis says why it lost a connection in the event, and "closed" in the command.
    if (!signal.aborted) throw losses.at(-1) ?? cause;
  } finally {
    signal.removeEventListener('abort', hangUp);
    hangUp();
  }
}

/** Finds where to start, and looks at what comes before so that a double of it is known. */
async function place(
  client: Redis,
  { stream }: StreamSource,
  start: StartingPoint,
  progress: ConsumerProgress,
): Promise<void> {
  const position = await placeOf(client, stream, start);
  for (const [, fields] of await client.xrevrange(stream, entryAt(position), '-', 'COUNT', REMEMBERED)) {
    const event = parseEvent(fields[1]);
    if (event !== undefined) progress.remember(event);
  }
  progress.position = position;
}

async function placeOf(client: Redis, stream: string, start: StartingPoint): Promise<bigint> {
  if (start instanceof Date) return positionBefore(start);
  const [last] = await client.xrevrange(stream, '+', '-', 'COUNT', 1);
  const end = last === undefined ? 0n : positionOfEntry(last[0]);
  if (start === 'now') return end;
  const [seconds] = await client.time();
  // An emptied stream goes on at the time of day, which is beyond all that it has held.
  const now = positionOfTime((Number(seconds) + 1) * 1000);
  if (start > end && start > now) throw new PositionBeyondEndError(start, end > now ? end : now);
  return start;
}

async function handOver(
  client: Redis,
  { stream, onUnreadable }: StreamSource,
  progress: ConsumerProgress,
  signal: AbortSignal,
): Promise<void> {
  const last = entryAt(progress.position ?? 0n);
  const streams = await client.xread('COUNT', READ_LIMIT, 'BLOCK', BLOCK_MS, 'STREAMS', stream, last);
  for (const [id, fields] of streams?.[0]?.[1] ?? []) {
    if (signal.aborted) return;
    const position = positionOfEntry(id);
    const event = parseEvent(fields[1]);
    if (event === undefined) {
      onUnreadable(position);
      progress.passOver(position);
    } else await progress.take({ ...event, position });
  }
}
