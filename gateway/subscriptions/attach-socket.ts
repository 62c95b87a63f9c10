import type { Writable } from 'node:stream';
import type { Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Clock } from '../lib/clock.ts';
import { CLOSE, CLOSE_NAMES, type Close } from './close-codes.ts';
import { createSend } from './create-send.ts';
import type { KeepAlive } from './keep-alive.ts';
import { createMessageRate } from './message-rate.ts';
import type { SocketIdentity } from './socket-identity.ts';
import type { SocketLimits } from './socket-limits.ts';
import { startSession, type SocketSession } from './socket-session.ts';

export interface AttachOptions {
  readonly protocol: Server<SocketSession>;
  readonly identity: SocketIdentity;
  readonly limits: SocketLimits;
  readonly clock: Clock;
  readonly keepAlive: KeepAlive;
  readonly reportFault: (cause: unknown) => void;
  /** Told once, by the name of its reason, when the socket is gone. */
  readonly onClosed: (session: SocketSession, reason: string) => void;
}

/** A client that does not confirm a close in time is cut off. */
const GOODBYE_MS = 2_000;

/** A socket that has just been opened, and the connection that carries it. */
export interface OpenSocket {
  readonly socket: WebSocket;
  readonly connection: Writable;
}

/** Makes a session of a socket. `listen` lets the protocol speak over it until either side closes it. */
export function attachSocket(
  open: OpenSocket,
  client: Pick<SocketSession, 'upgradeHeaders' | 'address'>,
  options: AttachOptions,
): { readonly session: SocketSession; readonly listen: () => void } {
  const { socket } = open;
  let reason: string | undefined;
  const terminate = (): void => socket.terminate();
  let cutOff: NodeJS.Timeout | undefined;
  const close = ({ code, name, reason: text }: Close): void => {
    reason ??= name;
    cutOff ??= setTimeout(terminate, GOODBYE_MS);
    socket.close(code, text);
  };
  const session = startSession({ close, ...client }, options.limits.maxWaitingAnswers);

  // What breaks the framing ends in a close with a code of its own.
  socket.on('error', (error) => (reason ??= isTooLarge(error) ? CLOSE_NAMES[1009] : 'bad_frame'));
  socket.on('close', () => {
    clearTimeout(cutOff);
    session.gone.abort();
    options.onClosed(session, reason ?? 'client');
  });
  const onUnresponsive = (): void => {
    reason ??= 'unresponsive';
    terminate();
  };
  return { session, listen: () => speak(open, { session, onUnresponsive }, options) };
}

interface Speaking {
  readonly session: SocketSession;
  readonly onUnresponsive: () => void;
}

function speak(
  { socket, connection }: OpenSocket,
  { session, onUnresponsive }: Speaking,
  options: AttachOptions,
): void {
  const { protocol, limits, reportFault } = options;
  const send = createSend(socket, connection, limits, () => session.close(CLOSE.notReading));
  const isWithinRate = createMessageRate(limits.messagesPerSecond, options.clock);
  const mayGoOn = (): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    const isWithin = isWithinRate();
    if (!isWithin) session.close(CLOSE.tooManyMessages);
    return isWithin;
  };

  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code = 1000, text = '') => session.close({ code, name: CLOSE_NAMES[code] ?? 'protocol', reason: text }),
      onPing: async (payload) => {
        const answer = await options.identity.answerPing(session, payload);
        await send(JSON.stringify({ type: 'pong', ...(answer !== undefined && { payload: answer }) }));
      },
      onMessage: (take) =>
        socket.on('message', (data) => {
          if (!mayGoOn()) return;
          take((data as Buffer).toString()).catch((cause: unknown) => {
            const isTheirs = cause instanceof Error && cause.message.startsWith('Unexpected message of type');
            if (!isTheirs) reportFault(cause);
            session.close(isTheirs ? CLOSE.badMessage : CLOSE.internalError);
          });
        }),
    },
    session,
  );
  socket.on('ping', mayGoOn);
  options.keepAlive.watch(socket, connection, onUnresponsive);
  socket.on('close', (code, text) => void closed(code, text.toString()).catch(reportFault));
}

function isTooLarge(error: Error): boolean {
  return 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
}
