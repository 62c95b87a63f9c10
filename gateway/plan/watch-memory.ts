const EVERY_MS = 50;
const MEBIBYTE = 1024 * 1024;

/**
 * Kills this process when it holds more memory than it may: what native code takes, no limit of V8's counts. It looks as long as
 * the event loop turns, which it does while the native planner works on its own thread.
 */
export function watchMemory(limitMiB: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > limitMiB * MEBIBYTE) process.kill(process.pid, 'SIGKILL');
  }, EVERY_MS).unref();
}
