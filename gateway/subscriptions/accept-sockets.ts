import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { attachSocket, type AttachOptions, type OpenSocket } from './attach-socket.ts';
import type { ClientRegistry } from './client-registry.ts';
import { CLOSE } from './close-codes.ts';
import { createKeepAlive } from './keep-alive.ts';
import type { RealtimeMetrics } from './realtime-metrics.ts';

interface Options extends Omit<AttachOptions, 'onClosed' | 'keepAlive'> {
  /** Between two pings; a client that has not answered one when the next is due is gone. */
  readonly keepAliveMs: number;
  readonly registry: ClientRegistry;
  /** Where a client is, as far as the proxies in front can be believed. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly metrics: Pick<RealtimeMetrics, 'socketOpened' | 'socketClosed'>;
}

/** The door through which sockets come. */
export interface SocketDoor {
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Takes no new sockets from now on. */
  readonly shut: () => void;
}

/** Builds what accepts sockets, as far as the limits allow. */
export function acceptSockets(options: Options): SocketDoor {
  const { registry, metrics } = options;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // What is written beside the library is not compressed.
    perMessageDeflate: false,
    maxPayload: options.limits.maxMessageBytes,
    handleProtocols: chosenProtocol,
  });
  const attaching: AttachOptions = {
    ...options,
    keepAlive: createKeepAlive(options.keepAliveMs),
    onClosed(session, reason) {
      registry.close(session);
      metrics.socketClosed(reason);
    },
  };
  let isShut = false;

  function accept(open: OpenSocket, request: IncomingMessage): void {
    const client = { upgradeHeaders: request.headers, address: options.addressOf(request) };
    const { session, listen } = attachSocket(open, client, attaching);
    metrics.socketOpened();
    if (open.socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) session.close(CLOSE.otherProtocol);
    else if (registry.open(session)) listen();
    else session.close(CLOSE.tooManyOfAddress);
  }

  return {
    handleUpgrade(request, socket, head) {
      if (isShut) refuseUpgrade(socket);
      else
        server.handleUpgrade(request, socket, head, (webSocket) =>
          accept({ socket: webSocket, connection: socket }, request),
        );
    },
    shut() {
      isShut = true;
    },
  };
}

/** Any offer is taken, because a browser lets its page read the code of a close only after a handshake that succeeded. */
function chosenProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return GRAPHQL_TRANSPORT_WS_PROTOCOL;
  const [first] = offered;
  return first ?? false;
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
}
