import { WebSocket } from 'ws';

export interface ClientOptions {
  readonly url: string;
  /** The address of this machine that the socket comes from. */
  readonly localAddress: string;
  /** The messages that it sends, as text: nothing is written down while it is measured. */
  readonly init: string;
  readonly subscribe: string | undefined;
  readonly onReady: () => void;
  /** Given the text of each message that brings a change. */
  readonly onChange: (text: string) => void;
  /** Why the socket ended; once. */
  readonly onEnd: (reason: string) => void;
}

/** Whoever has the answer to this knows that the subscription before it is listening. */
const ARE_YOU_THERE = '{"id":"2","type":"subscribe","payload":{"query":"{ __typename }"}}';
const CHANGE = '{"id":"1","type":"next"';
const ANSWER = '{"id":"2","type":"next"';

/** Opens a socket that speaks graphql-transport-ws, as little of it as is needed. */
export function openClient({ url, localAddress, init, subscribe, ...client }: ClientOptions): WebSocket {
  const socket = new WebSocket(url, 'graphql-transport-ws', {
    localAddress,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  socket.on('open', () => socket.send(init));
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    if (text.startsWith(CHANGE)) client.onChange(text);
    else if (text.startsWith(ANSWER)) client.onReady();
    else if (text.startsWith('{"type":"connection_ack"')) {
      if (subscribe === undefined) client.onReady();
      else for (const message of [subscribe, ARE_YOU_THERE]) socket.send(message);
    } else if (text.includes('"type":"error"')) client.onEnd(text);
  });
  socket.on('error', (error) => client.onEnd(error.message));
  socket.on('close', (code, reason) => client.onEnd(`${code} ${reason.toString()}`));
  return socket;
}
