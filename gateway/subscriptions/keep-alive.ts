import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { PING_FRAME } from './socket-frames.ts';

/** Asks sockets from time to time whether their clients are still there. */
export interface KeepAlive {
  /**
   * Pings a socket, over the connection that carries it, until it closes. `onUnresponsive` is called when a ping has not been
   * answered by the time of the next.
   */
  readonly watch: (socket: WebSocket, connection: Writable, onUnresponsive: () => void) => void;
}

/** Sockets are pinged in so many groups, one after the other: a timer for each would wake the process for each. */
const GROUPS = 100;

interface Watched {
  readonly socket: WebSocket;
  readonly connection: Writable;
  readonly onUnresponsive: () => void;
  isAlive: boolean;
}

/** Builds what pings every socket once in `everyMs`; a new one for the first time when that has passed. */
export function createKeepAlive(everyMs: number): KeepAlive {
  const groups = Array.from({ length: GROUPS }, () => new Set<Watched>());
  let latest = 0;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  function askNextGroup(): void {
    latest = (latest + 1) % GROUPS;
    for (const one of groups[latest] ?? []) ask(one);
  }

  return {
    watch(socket, connection, onUnresponsive) {
      const one = { socket, connection, onUnresponsive, isAlive: true };
      const group = groups[latest]?.add(one);
      count += 1;
      timer ??= setInterval(askNextGroup, everyMs / GROUPS).unref();
      socket.on('pong', () => (one.isAlive = true));
      socket.on('close', () => {
        group?.delete(one);
        count -= 1;
        if (count > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
    },
  };
}

function ask(one: Watched): void {
  if (!one.isAlive) {
    one.onUnresponsive();
    return;
  }
  one.isAlive = false;
  if (one.socket.readyState === one.socket.OPEN) one.connection.write(PING_FRAME);
}
