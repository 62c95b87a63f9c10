import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

// Loaded before a gateway, into its process and those of its workers: tells over the process's channel what a run cost all of them.

/** What a gateway has used since it was told to `watch`. */
export interface Usage {
  /** Of all its processes. */
  readonly cpuSeconds: number;
  /** Without that of workers. */
  readonly ownCpuSeconds: number;
  /** The longest time during which an event loop answered to nothing, of whichever process, in milliseconds. */
  readonly stallMs: number;
}

/** What a gateway's processes hold after their garbage has been collected, in bytes. */
export interface Memory {
  /** Buffers included. */
  readonly heapBytes: number;
  /** Without the young generation, whose size tells how much was allocated, and not how much is held. */
  readonly residentBytes: number;
}

const RESOLUTION_MS = 2;

let delay: IntervalHistogram | undefined;
let cpuBefore = process.cpuUsage();
const listening = new Set<number>();

if (isMainThread) {
  process.on('message', (message) => {
    if (message === 'watch' || message === 'watch-cpu') {
      for (const worker of workers()) worker.send(message);
      watch(message);
    }
    if (message === 'usage') void tell(message, usage, ofAll);
    if (message === 'memory') void tell(message, memory, sumOf);
    if (message === 'listening') process.send?.(listening.size);
  });
  if (cluster.isPrimary) {
    cluster.on('listening', ({ id }) => void listening.add(id));
    process.once('disconnect', () => process.exit());
    // Waiting for messages is nothing that should keep a gateway from ending.
    process.channel?.unref();
  }
}

function workers(): readonly Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** Answers for this process and for its workers. */
async function tell<T>(question: string, own: () => T, together: (answers: readonly T[]) => T): Promise<void> {
  const others = workers().map(async (worker): Promise<T> => {
    const answered = once(worker.process, 'message');
    worker.send(question);
    const [answer] = (await answered) as [T];
    return answer;
  });
  process.send?.(together([own(), ...(await Promise.all(others))]));
}

function watch(what: 'watch' | 'watch-cpu'): void {
  delay?.disable();
  delay = undefined;
  if (what === 'watch') {
    delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    delay.enable();
  }
  cpuBefore = process.cpuUsage();
}

function usage(): Usage {
  const { user, system } = process.cpuUsage(cpuBefore);
  delay?.disable();
  const longestMs = (delay?.max ?? 0) / 1e6;
  delay = undefined;
  const cpuSeconds = (user + system) / 1e6;
  return {
    cpuSeconds,
    ownCpuSeconds: cpuSeconds,
    stallMs: Math.max(0, longestMs - RESOLUTION_MS),
  };
}

function ofAll(usages: readonly Usage[]): Usage {
  return {
    cpuSeconds: usages.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    ownCpuSeconds: usages[0]?.ownCpuSeconds ?? 0,
    stallMs: Math.max(...usages.map(({ stallMs }) => stallMs)),
  };
}

function memory(): Memory {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  // What has a finalizer, such as a buffer, is let go of by the second.
  collectGarbage();
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  const young = getHeapSpaceStatistics().filter(({ space_name }) => space_name.startsWith('new'));
  const youngBytes = young.reduce((sum, { physical_space_size }) => sum + physical_space_size, 0);
  return { heapBytes: heapUsed + external, residentBytes: rss - youngBytes };
}

function sumOf(memories: readonly Memory[]): Memory {
  return {
    heapBytes: memories.reduce((sum, { heapBytes }) => sum + heapBytes, 0),
    residentBytes: memories.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
  };
}
