import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

type HandleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Hands WebSocket upgrades of `/graphql` on, and ends all others with 404. */
export function upgradesOfGraphql(handleUpgrade: HandleUpgrade): HandleUpgrade {
  return (request, socket, head) => {
    const [path] = (request.url ?? '').split('?');
    if (path === '/graphql') {
      handleUpgrade(request, socket, head);
      return;
    }
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  };
}
