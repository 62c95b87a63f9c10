import type { EmbeddedPostgres } from './embedded-postgres.ts';
import type { Started } from './stop-stack.ts';

export interface WatchOptions {
  /** Starts the server again, on the port that it had. */
  readonly restart: () => Promise<EmbeddedPostgres>;
  /** Shows what an operator must know. */
  readonly report: (message: string) => void;
  /** How often to look, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Looks after a PostgreSQL server that may have been adopted, and so is nobody's child: one that has ended is reported and
 * started again, until it is told to stop. Its clients connect again by themselves.
 */
export function watchPostgres(server: EmbeddedPostgres, options: WatchOptions): Started {
  const { restart, report, everyMs = 500 } = options;
  let current = server;
  let isStopped = false;
  let isOutageReported = false;
  let work = Promise.resolve();
  let timer = setTimeout(look, everyMs);

  function look(): void {
    work = revive().then(() => {
      if (!isStopped) timer = setTimeout(look, everyMs);
    });
  }

  async function revive(): Promise<void> {
    if (isStopped || current.isRunning()) return;
    if (!isOutageReported) report('PostgreSQL has ended; it is started again');
    isOutageReported = true;
    try {
      current = await restart();
      isOutageReported = false;
      report(
        current.port === server.port
          ? 'PostgreSQL is back'
          : `PostgreSQL is back, but on port ${current.port}, where nobody looks for it: start the platform again`,
      );
    } catch (error) {
      report(`PostgreSQL does not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    name: 'PostgreSQL',
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await work;
      await current.stop();
    },
    kill() {
      isStopped = true;
      clearTimeout(timer);
      current.kill();
    },
  };
}
