import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A request, whole. */
export interface LeanRequest {
  /** In Latin-1, without the empty line. */
  readonly head: string;
  readonly body: string;
}

/** Gives a whole response, head and all. */
type Respond = (request: LeanRequest) => Buffer | Promise<Buffer>;

const END_OF_HEAD = '\r\n\r\n';
const LENGTH = /\r\ncontent-length: ?([0-9]+)/i;
const LENGTH_REQUIRED = 'HTTP/1.1 411 Length Required\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/**
 * Serves HTTP/1.1 on 127.0.0.1 for clients that say the length of what they send, and wait for each response before they send again. It takes a
 * fraction of the time of Node's server, and is no more than what a benchmark needs of one.
 */
export async function serveLean(port: number, respond: Respond): Promise<void> {
  const server = createServer({ noDelay: true }, (socket) => {
    // Whoever is stopped cuts its connections.
    socket.on('error', () => undefined);
    readRequests(socket, (request) => {
      const response = respond(request);
      if (Buffer.isBuffer(response)) socket.write(response);
      else void response.then((late) => socket.write(late));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

function readRequests(socket: Socket, onRequest: (request: LeanRequest) => void): void {
  let come: Buffer | undefined;
  socket.on('data', (data: Buffer) => {
    come = come === undefined ? data : Buffer.concat([come, data]);
    const end = come.indexOf(END_OF_HEAD);
    if (end === -1) return;
    const head = come.toString('latin1', 0, end);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined) {
      socket.end(LENGTH_REQUIRED);
      return;
    }
    const from = end + END_OF_HEAD.length;
    if (come.length < from + Number(length)) return;
    const body = come.toString('utf8', from);
    come = undefined;
    onRequest({ head, body });
  });
}
