import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** One request by POST, as its bytes came. */
export interface RawRequest {
  /** In Latin-1, without the empty line. */
  readonly head: string;
  readonly body: Buffer;
  /** The place of its connection among those of the server, from zero. */
  readonly connection: number;
  readonly socket: Socket;
}

/** A server that knows nothing of responses: what is answered is written byte for byte. */
export interface RawServer {
  readonly url: URL;
  readonly requests: readonly RawRequest[];
  /** Waits for the request at a place, from zero. */
  readonly request: (place: number) => Promise<RawRequest>;
  /** All connections that there have been. */
  readonly sockets: readonly Socket[];
  /** Waits for the connection at a place. */
  readonly connected: (place: number) => Promise<Socket>;
  /** Waits for the end of the connection at a place. */
  readonly closed: (place: number) => Promise<void>;
  /** Takes no more connections; resolves when the last has ended, which it leaves to the other side. */
  readonly stop: () => Promise<void>;
}

type Answer = (request: RawRequest) => void;

const END_OF_HEAD = '\r\n\r\n';

/** Starts on a free port of 127.0.0.1, or on the one that is given. Each request is answered once it is whole. */
export async function startRawServer(answer: Answer = () => undefined, port = 0): Promise<RawServer> {
  const requests = createArrivals<RawRequest>();
  const sockets = createArrivals<Socket>();
  const closed = createArrivals<Promise<void>>();

  const server = createServer((socket) => {
    const connection = sockets.all.length;
    // Connections are cut on purpose.
    socket.on('error', () => undefined);
    readRequests(socket, ({ head, body }) => {
      const request = { head, body, connection, socket };
      requests.add(request);
      answer(request);
    });
    closed.add(new Promise((resolve) => socket.once('close', () => resolve())));
    sockets.add(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
    requests: requests.all,
    request: requests.at,
    sockets: sockets.all,
    connected: sockets.at,
    closed: async (place) => closed.at(place),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A list that can be waited for. */
function createArrivals<Item>() {
  const all: Item[] = [];
  const waiting = new Map<number, (item: Item) => void>();
  return {
    all,
    add: (item: Item): void => waiting.get(all.push(item) - 1)?.(item),
    at: async (place: number): Promise<Item> =>
      all[place] ?? (await new Promise<Item>((resolve) => waiting.set(place, resolve))),
  };
}

function readRequests(socket: Socket, onRequest: (request: Pick<RawRequest, 'head' | 'body'>) => void): void {
  let come = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    come = Buffer.concat([come, data]);
    for (;;) {
      const end = come.indexOf(END_OF_HEAD);
      if (end === -1) return;
      const head = come.toString('latin1', 0, end);
      const from = end + END_OF_HEAD.length;
      const to = from + Number(/\r\ncontent-length: ?([0-9]+)/i.exec(head)?.[1] ?? 0);
      if (come.length < to) return;
      const body = come.subarray(from, to);
      come = come.subarray(to);
      onRequest({ head, body });
    }
  });
}

/** Writes pieces one after the other, each when the one before it is on its way. */
export async function writePieces(socket: Socket, pieces: readonly (string | Buffer)[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise<void>((resolve) => socket.write(piece, 'latin1', () => resolve()));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
