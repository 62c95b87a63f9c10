// Loaded into every process that the platform starts (node --import), so that none outlives it: when the platform is gone,
// even by SIGKILL, the channel to it closes, and the process ends as it does when it is asked to.
const PATIENCE_MS = 5_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref(); // the channel alone is no reason to stay

export {};
