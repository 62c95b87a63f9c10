import cluster from 'node:cluster';
import type { Logger } from 'pino';

interface Options {
  readonly count: number;
  readonly env: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/**
 * Runs the gateway in several processes that share one port. A worker that ends by itself is replaced, unless
 * it never got to listen: the next one would end for the same reason. SIGTERM and SIGINT stop
 * all of them, and then this process.
 */
export function superviseWorkers({ count, env, log }: Options): void {
  let isStopping = false;
  const listened = new Set<number>();
  const start = (): void => void cluster.fork(env);
  const stop = (): void => {
    isStopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM');
  };

  cluster.on('listening', ({ id }) => void listened.add(id));
  cluster.on('exit', ({ id }, code, signal) => {
    if (!isStopping) log.error({ worker: id, code, signal }, 'a worker ended');
    if (!isStopping && listened.delete(id)) start();
    else if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(isStopping ? 0 : 1);
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  for (let worker = 0; worker < count; worker += 1) start();
}
