import type { Connection } from './connection.ts';

/** Connections that wait to be used again. */
export interface FreeConnections {
  readonly put: (connection: Connection) => void;
  /** The one that was used last, so that what is too much grows old; undefined where none is young enough. */
  readonly take: () => Connection | undefined;
  readonly remove: (connection: Connection) => void;
  /** Ends looking after them. */
  readonly close: () => void;
}

interface Free {
  readonly connection: Connection;
  readonly untilMs: number;
}

const SWEEP_MS = 1_000;

/** Keeps connections, each for as long as the other side keeps it; `clock` in milliseconds. */
export function createFreeConnections(clock: () => number): FreeConnections {
  let free: Free[] = [];
  let sweep: NodeJS.Timeout | undefined;

  function closeOld(): void {
    const now = clock();
    for (const { connection } of free.filter(({ untilMs }) => untilMs <= now)) connection.destroy();
    if (free.length === 0) stopSweeping();
  }

  function stopSweeping(): void {
    clearInterval(sweep);
    sweep = undefined;
  }

  return {
    put: (connection) => {
      free.push({ connection, untilMs: clock() + connection.idleMs });
      sweep ??= setInterval(closeOld, SWEEP_MS).unref();
    },
    take: () => {
      const last = free.pop();
      if (last === undefined || last.untilMs > clock()) return last?.connection;
      last.connection.destroy();
      closeOld();
      return undefined;
    },
    remove: (connection) => {
      free = free.filter((one) => one.connection !== connection);
    },
    close: stopSweeping,
  };
}
