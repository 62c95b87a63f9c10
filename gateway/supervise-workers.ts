import cluster from 'node:cluster';
import type { Logger } from 'pino';

interface Options {
  readonly count: number;
  readonly env: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** A worker that ends before it served this long is not replaced: it would end again, for the same reason. */
const MIN_LIFE_MS = 1_000;

/**
 * Runs the gateway in several processes that share one port. A worker that ends by itself is replaced; SIGTERM and SIGINT stop
 * all of them, and then this process.
 */
export function superviseWorkers({ count, env, log }: Options): void {
  let isStopping = false;
  const startedMs = new Map<number, number>();
  const start = (): void => void startedMs.set(cluster.fork(env).id, performance.now());
  const stop = (): void => {
    isStopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  };

  cluster.on('exit', (worker, code, signal) => {
    const livedMs = performance.now() - (startedMs.get(worker.id) ?? 0);
    startedMs.delete(worker.id);
    if (!isStopping) log.error({ worker: worker.id, code, signal }, 'a worker ended');
    if (!isStopping && livedMs >= MIN_LIFE_MS) {
      start();
      return;
    }
    if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(isStopping ? 0 : 1);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  for (let worker = 0; worker < count; worker += 1) start();
}
