import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { CLOSE } from './close-codes.ts';
import type { SocketSession } from './socket-session.ts';

interface Options {
  readonly protocol: Server<SocketSession>;
  readonly session: SocketSession;
  /** Between two pings; a client that has not answered one when the next is due is gone. */
  readonly keepAliveMs: number;
  readonly reportFault: (cause: unknown) => void;
}

/** Lets the protocol speak over a socket until either side closes it. */
export function attachSocket(socket: WebSocket, { protocol, session, keepAliveMs, reportFault }: Options): void {
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (data) => send(socket, data),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on('message', (data) => {
          take((data as Buffer).toString()).catch((cause: unknown) => {
            const isTheirs = cause instanceof Error && cause.message.startsWith('Unexpected message of type');
            if (!isTheirs) reportFault(cause);
            session.close(isTheirs ? CLOSE.badMessage : CLOSE.internalError);
          });
        }),
    },
    session,
  );
  const stopPings = keepAlive(socket, keepAliveMs);
  // What breaks the framing ends in a close with a code of its own.
  socket.on('error', () => undefined);
  socket.once('close', (code, reason) => {
    stopPings();
    session.gone.abort();
    closed(code, reason.toString()).catch(reportFault);
  });
}

/** Resolves when the message has been handed to the system, so that a client that does not read is not written to any further. */
function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(data, () => resolve());
  });
}

function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
