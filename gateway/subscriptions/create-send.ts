import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { textFrame } from './socket-frames.ts';
import type { SocketLimits } from './socket-limits.ts';

/** Sends a text over a socket; resolves when the system has taken it, so that who waits for that writes no faster than is read. */
export type Send = (data: string) => Promise<void>;

/**
 * Builds the one way by which a socket is written to, over the connection that carries it. `onStalled` is called when its client
 * has read nothing for too long while something waits for it, or has left too much unread.
 */
export function createSend(
  socket: WebSocket,
  connection: Writable,
  { stallMs, maxUnreadBytes }: Pick<SocketLimits, 'stallMs' | 'maxUnreadBytes'>,
  onStalled: () => void,
): Send {
  let stall: NodeJS.Timeout | undefined;

  function watch(): void {
    if (socket.bufferedAmount > maxUnreadBytes) onStalled();
    else if (socket.bufferedAmount > 0) stall ??= setTimeout(onStalled, stallMs);
  }

  function progressed(): void {
    clearTimeout(stall);
    stall = undefined;
    watch();
  }

  socket.on('close', () => clearTimeout(stall));
  return (data) =>
    new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) {
        resolve();
        return;
      }
      connection.write(textFrame(data), () => {
        if (socket.readyState === socket.OPEN) progressed();
        resolve();
      });
      watch();
    });
}
