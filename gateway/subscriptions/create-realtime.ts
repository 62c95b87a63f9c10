import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import type { EventBus } from '../../events/event-bus.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { Clock } from '../lib/clock.ts';
import { attachSocket } from './attach-socket.ts';
import { CLOSE } from './close-codes.ts';
import { createProtocol } from './create-protocol.ts';
import { createSubscribe } from './create-subscribe.ts';
import { deliverEvent } from './deliver-event.ts';
import { listenForEvents } from './listen-for-events.ts';
import { createStreams, type OpenStream } from './open-stream.ts';
import type { EngineInForce } from './realtime-engine.ts';
import { startSession } from './socket-session.ts';
import { createSubscriberIndex } from './subscriber-index.ts';
import { createTakeUp } from './take-up.ts';

export interface RealtimeOptions {
  readonly engine: EngineInForce;
  /** Where events come from; undefined: subscriptions are refused. The caller closes it. */
  readonly bus: EventBus | undefined;
  readonly presentErrors: PresentErrors;
  /** Client headers that subgraphs see. */
  readonly forwardHeaders: readonly string[];
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly keepAliveMs?: number;
}

/** GraphQL over WebSocket, and the subscriptions that live on it. */
export interface Realtime {
  /** Subscriptions whose answers go out in the body of an HTTP response. */
  readonly openStream: OpenStream;
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /**
   * To be called when another engine has come into force: each subscription goes on there, or ends with the error that says why it
   * cannot.
   */
  readonly renew: () => void;
  /** Takes no new sockets, tells the clients to go elsewhere (1001) and listens to no more events. */
  readonly stop: () => Promise<void>;
}

const MAX_MESSAGE_BYTES = 1024 * 1024;
const KEEP_ALIVE_MS = 12_000;
const GOODBYE_MS = 2_000;

/** Builds the gateway's realtime side: sockets that speak graphql-transport-ws, fed by the event bus. */
export function createRealtime(options: RealtimeOptions): Realtime {
  const { log, keepAliveMs = KEEP_ALIVE_MS } = options;
  const stopping = new AbortController();
  const index = createSubscriberIndex();
  const { subscribe, renew } = createSubscribe({ ...options, index, signal: stopping.signal });
  const events = listenForEvents(options.bus, (event) => deliverEvent(index, event), log);
  const takeUp = createTakeUp({ subscribe, eventsArrive: events.arrive });
  const protocol = createProtocol({ ...options, takeUp });
  const streams = createStreams({ ...options, takeUp });
  const reportFault = (cause: unknown): void => log.error({ err: cause }, 'a bug: an error on a socket');
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: chosenProtocol,
  });

  return {
    openStream: streams.open,
    handleUpgrade(request, socket, head) {
      if (stopping.signal.aborted) {
        refuseUpgrade(socket);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        if (webSocket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
          refuseProtocol(webSocket);
          return;
        }
        const session = startSession(request.headers, ({ code, reason }) => webSocket.close(code, reason));
        attachSocket(webSocket, { protocol, session, keepAliveMs, reportFault });
      });
    },
    renew() {
      renew().catch(reportFault);
    },
    async stop() {
      stopping.abort();
      streams.stop(CLOSE.goingAway);
      await Promise.all([events.stop(), closeAll(sockets)]);
    },
  };
}

/** Any offer is taken, because a browser lets its page read the code of a close only after a handshake that succeeded. */
function chosenProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return GRAPHQL_TRANSPORT_WS_PROTOCOL;
  const [first] = offered;
  return first ?? false;
}

function refuseProtocol(socket: WebSocket): void {
  socket.on('error', () => undefined);
  socket.close(CLOSE.otherProtocol.code, CLOSE.otherProtocol.reason);
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}

/** A client that does not confirm the close in time is cut off. */
async function closeAll(sockets: WebSocketServer): Promise<void> {
  const { code, reason } = CLOSE.goingAway;
  const timer = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), GOODBYE_MS);
  await Promise.all(
    [...sockets.clients].map((socket) => {
      const isClosed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      socket.close(code, reason);
      return isClosed;
    }),
  );
  clearTimeout(timer);
}
