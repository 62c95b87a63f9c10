import cluster from 'node:cluster';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

// Loaded before a gateway, into its process: tells over the process's channel what a run cost it.

/** What a gateway has used since it was told to `watch`. */
export interface Usage {
  readonly cpuSeconds: number;
  /** The longest time during which the event loop answered to nothing, in milliseconds. */
  readonly stallMs: number;
}

/** What a process holds after its garbage has been collected, in bytes. */
export interface Memory {
  /** Buffers included. */
  readonly heapBytes: number;
  /** Without the young generation, whose size tells how much was allocated, and not how much is held. */
  readonly residentBytes: number;
}

const RESOLUTION_MS = 2;

let delay: IntervalHistogram | undefined;
let cpuBefore = process.cpuUsage();

if (isMainThread && cluster.isPrimary) {
  process.on('message', (message) => {
    if (message === 'watch') watch();
    if (message === 'watch-cpu') cpuBefore = process.cpuUsage();
    if (message === 'usage') process.send?.(usage());
    if (message === 'memory') process.send?.(memory());
  });
  process.once('disconnect', () => process.exit());
  // Waiting for messages is nothing that should keep a gateway from ending.
  process.channel?.unref();
}

function watch(): void {
  delay?.disable();
  delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  cpuBefore = process.cpuUsage();
}

function usage(): Usage {
  const { user, system } = process.cpuUsage(cpuBefore);
  delay?.disable();
  const longestMs = (delay?.max ?? 0) / 1e6;
  delay = undefined;
  return {
    cpuSeconds: (user + system) / 1e6,
    stallMs: Math.max(0, longestMs - RESOLUTION_MS),
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
