import cluster from 'node:cluster';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

// Loaded before a gateway, into its process: tells over the process's channel what a run cost it.

/** What a gateway has used since it was told to `watch`. */
export interface Usage {
  readonly cpuSeconds: number;
  /** The longest time during which the event loop answered to nothing, in milliseconds. */
  readonly stallMs: number;
}

const RESOLUTION_MS = 2;

let delay: IntervalHistogram | undefined;
let cpuBefore = process.cpuUsage();

if (isMainThread && cluster.isPrimary) {
  process.on('message', (message) => {
    if (message === 'watch') watch();
    if (message === 'usage') process.send?.(usage());
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
  return {
    cpuSeconds: (user + system) / 1e6,
    stallMs: Math.max(0, longestMs - RESOLUTION_MS),
  };
}
