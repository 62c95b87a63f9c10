import type { ClientRequest } from '../context.ts';
import type { SocketSession } from './socket-session.ts';

/** A request as the steps know it, from what came over a socket. */
export function socketRequest(
  { gone: signal }: SocketSession,
  parts: Pick<ClientRequest, 'headers' | 'params' | 'requestId'>,
): ClientRequest {
  return { transport: 'websocket', mayMutate: true, signal, ...parts };
}
