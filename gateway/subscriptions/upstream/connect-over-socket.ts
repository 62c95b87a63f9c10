import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { CONNECTION, type Connect, type ConnectionEnd } from './connect.ts';

/** Close codes of graphql-transport-ws that another attempt would end with again. */
const HOPELESS: ReadonlySet<unknown> = new Set([4400, 4401, 4406, 4409, 4429]);

/**
 * Builds connections by graphql-transport-ws. The headers go out with the upgrade and, as servers differ in where they look, in the
 * payload of `connection_init`. A subgraph that answers no ping for `silenceMs` is taken for dead.
 */
export function createConnectOverSocket({ silenceMs }: { readonly silenceMs: number }): Connect {
  return ({ url, payload, headers, signal }, { onOpen, onPayload }) =>
    new Promise((resolve) => {
      const client = createClient({
        url,
        retryAttempts: 0,
        connectionParams: headers,
        connectionAckWaitTimeout: CONNECTION.patienceMs,
        webSocketImpl: socketWith(headers),
        on: {
          opened: (socket) => watch(socket as WebSocket, silenceMs),
          connected: onOpen,
        },
      });
      const settle = (end: ConnectionEnd): void => {
        signal.removeEventListener('abort', leave);
        resolve(end);
        void client.dispose();
      };
      const leave = (): void => settle({ kind: 'complete' });
      client.subscribe(
        { ...payload },
        { next: onPayload, error: (cause) => settle(endOf(cause)), complete: () => settle({ kind: 'complete' }) },
      );
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
}

/** The client library knows sockets as browsers have them, which cannot set headers. */
function socketWith(headers: Readonly<Record<string, string>>) {
  const options = { headers, maxPayload: CONNECTION.maxEventBytes, handshakeTimeout: CONNECTION.patienceMs };
  return class extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols, options);
    }
  };
}

function watch(socket: WebSocket, silenceMs: number): void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, silenceMs);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}

/** The library tells of an `error` message by its array, of anything else by a close event or an error. */
function endOf(cause: unknown): ConnectionEnd {
  if (Array.isArray(cause)) return { kind: 'refused', errors: cause };
  const code = cause instanceof Object && 'code' in cause ? cause.code : undefined;
  return { kind: 'lost', cause: reasonOf(cause), mayRetry: !HOPELESS.has(code) };
}

/** An event of a socket holds the whole socket, headers and all: not for logs. */
function reasonOf(cause: unknown): Error {
  const { code, reason, message } = Object(cause) as Record<string, unknown>;
  if (typeof code === 'number') return new Error(`closed with ${code} ${String(reason)}`);
  return new Error(typeof message === 'string' ? message : 'the connection failed');
}
