import { openSync, readSync } from 'node:fs';

// Loaded before a gateway, into its process: tells over the process's channel how much its main thread has had to do in one go.

/** How much processor time went by on the main thread between two chances to do something else, and how fast it is. */
export interface Turns {
  /** The longest, the next longest and so on: a few of them. */
  readonly longestMs: readonly number[];
  /** How many chances there were. */
  readonly count: number;
  /** How long a piece of work takes that is always the same. */
  readonly yardstickMs: number;
}

const EVERY_MS = 2;
const NOTED = 5;
const YARDSTICK_ROUNDS = 200_000;

/** On Linux of the thread; elsewhere of the process, whose other threads have little to do. It stands still while others are at work. */
const threadTimeMs = createThreadTime();
let lastMs = 0;
let longestMs: readonly number[] = [];
let count = 0;
let timer: NodeJS.Timeout | undefined;

process.on('message', (message) => {
  if (message === 'begin') begin();
  if (message === 'end') process.send?.(end());
});
process.once('disconnect', () => process.exit());
// Waiting for messages is nothing that should keep a gateway from ending.
process.channel?.unref();

function begin(): void {
  [longestMs, count, lastMs] = [[], 0, threadTimeMs()];
  timer = setInterval(look, EVERY_MS);
}

function look(): void {
  const nowMs = threadTimeMs();
  longestMs = [...longestMs, nowMs - lastMs].sort((one, other) => other - one).slice(0, NOTED);
  count += 1;
  lastMs = nowMs;
}

function end(): Turns {
  look();
  clearInterval(timer);
  return { longestMs, count, yardstickMs: Math.min(...Array.from({ length: 5 }, yardstick)) };
}

function yardstick(): number {
  const startMs = threadTimeMs();
  const seen = new Map<string, number>();
  for (let round = 0; round < YARDSTICK_ROUNDS; round += 1) {
    const key = `k${round % 5_003}`;
    seen.set(key, (seen.get(key) ?? 0) + round);
  }
  return threadTimeMs() - startMs;
}

function createThreadTime(): () => number {
  if (process.platform !== 'linux')
    return () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  const buffer = Buffer.alloc(64);
  // Nanoseconds on a processor, nanoseconds in wait of one, turns.
  return () => Number.parseInt(buffer.toString('latin1', 0, readSync(file, buffer, 0, 64, 0)), 10) / 1e6;
}
