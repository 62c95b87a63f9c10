import type { Logger } from 'pino';
import { isDatabaseOutage } from './database-outage.ts';

/** Something that runs until it is asked to stop. */
export interface Running {
  stop(): Promise<void>;
}

/** Longer than the slowest request may take; then the process goes all the same. */
const STOP_WITHIN_MS = 10_000;

/**
 * Runs a process until SIGTERM or SIGINT: then it stops in order, finishing what is in flight, and exits 0; 1 when it could not
 * start or stop in time.
 */
export async function runProcess(log: Logger, start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    const reason = foreseenReason(error);
    if (reason === undefined) log.fatal({ err: error }, 'could not start');
    else log.fatal(reason);
    process.exit(1);
  }
  const stop = (): void => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** What an operator can mend without a stack: a port or a database; undefined for anything else. */
function foreseenReason(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `could not start: port ${'port' in error ? String(error.port) : ''} is in use; choose another one with PORT`;
  }
  return isDatabaseOutage(error)
    ? 'could not start: the database cannot be reached; see <NAME>_DATABASE_URL and EVENTS_DATABASE_URL'
    : undefined;
}
