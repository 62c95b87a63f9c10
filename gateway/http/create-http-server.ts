import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Handler } from './handler.ts';
import { SecuredResponse } from './secured-response.ts';
import { sendJson } from './send-json.ts';

/** The gateway's listening side. */
export interface HttpServer {
  /** Starts to listen; resolves with the port, which the system chooses where 0 was asked for. */
  readonly listen: (port: number, host: string | undefined) => Promise<number>;
  /**
   * Takes no new connections, lets what is in flight end, and cuts off what has not after `timeoutMs`; if `streamsEnd` takes longer
   * than that, when it has and the last words had their time.
   */
  readonly stop: (timeoutMs: number, streamsEnd?: Promise<unknown>) => Promise<void>;
  readonly isStopping: () => boolean;
}

interface Options {
  readonly handle: Handler;
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly reportFault: (error: unknown) => void;
}

/** Longer than load balancers keep theirs, so that it is never this side that closes a connection just being used. */
const KEEP_ALIVE_MS = 65_000;
const REQUEST_TIMEOUT_MS = 30_000;
const SWEEP_MS = 50;
/** Connections that wait to be taken: whoever was cut off comes back within seconds. The system may allow fewer. */
const BACKLOG = 4_096;
/** For the last words of a stream. */
const GOODBYE_MS = 1_000;

/** Builds the HTTP server around one handler. */
export function createHttpServer({ handle, handleUpgrade, reportFault }: Options): HttpServer {
  let isStopping = false;
  const server = createServer({
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ServerResponse: SecuredResponse,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (isStopping) response.setHeader('connection', 'close');
    try {
      await handle(request, response);
    } catch (error) {
      reportFault(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: 'Something went wrong on our side.' });
    }
  }

  const unused = unusedConnections(server);
  server.on('request', (request, response) => void answer(request, response));
  server.on('upgrade', handleUpgrade);

  return {
    listen: (port, host) => listen(server, port, host),
    stop: async (timeoutMs, streamsEnd = Promise.resolve()) => {
      isStopping = true;
      const isClosed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
      // A connection is idle once the answer that it waited for has gone.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
      const over = new AbortController();
      const { signal } = over;
      const timeout = wait(timeoutMs, undefined, { signal });
      const goodbye = streamsEnd.then(() => wait(GOODBYE_MS, undefined, { signal }));
      void Promise.allSettled([timeout, goodbye]).then(() => server.closeAllConnections());
      await isClosed;
      clearInterval(sweep);
      over.abort();
    },
    isStopping: () => isStopping,
  };
}

/** Clients and load balancers connect ahead of need; Node.js does not count as idle what has never carried a request. */
function unusedConnections(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  for (const event of ['request', 'upgrade'])
    server.on(event, ({ socket }: IncomingMessage) => void unused.delete(socket));
  return unused;
}

function listen(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, backlog: BACKLOG, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
