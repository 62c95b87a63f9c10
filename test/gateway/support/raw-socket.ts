import WebSocket from 'ws';
import { eventually } from './supergraph-file.ts';

export interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

/** What one event brought. */
export interface Received {
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly eventId?: string; readonly resume?: string; readonly skipped?: number };
}

interface SocketOptions {
  /** The access token for `connection_init`. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The last event that the connection as a whole names. */
  readonly lastEventId?: string;
}

/** A socket that speaks graphql-transport-ws, without a client's conveniences. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly messages: Message[] = [];
  /** Resolves with the code and the reason. */
  readonly closed: Promise<readonly [code: number, reason: string]>;
  #asked = 0;

  constructor(url: string, { token, headers = {}, lastEventId }: SocketOptions = {}) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => this.messages.push(JSON.parse((data as Buffer).toString()) as Message));
    this.socket.on('open', () =>
      this.send({
        type: 'connection_init',
        ...(token !== undefined && { payload: { authorization: `Bearer ${token}`, lastEventId } }),
      }),
    );
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => resolve([code, reason.toString()])),
    );
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first message of a type, waiting for it if need be. */
  async message(type: string, id?: string): Promise<Message> {
    const find = (): Message | undefined => this.messages.find((one) => one.type === type && one.id === id);
    await eventually(() => find() !== undefined);
    return find() ?? { type };
  }

  acknowledged(): Promise<Message> {
    return this.message('connection_ack');
  }

  /** What a query answers; subscriptions that were sent before it are taken up by then. */
  async ask(query = '{ hello }'): Promise<Received> {
    await this.acknowledged();
    const id = `ask-${(this.#asked += 1)}`;
    this.send({ id, type: 'subscribe', payload: { query } });
    const { payload } = await this.message('next', id);
    return payload as Received;
  }

  /** Subscribes, and waits until it is taken up. */
  async subscribe(id: string, query: string, extensions?: Readonly<Record<string, unknown>>): Promise<void> {
    await this.acknowledged();
    this.send({ id, type: 'subscribe', payload: { query, ...(extensions && { extensions }) } });
    await this.ask('{ __typename }');
  }

  received(id: string): readonly Received[] {
    return this.messages
      .filter((one) => one.id === id && one.type === 'next')
      .map(({ payload }) => payload as Received);
  }

  /** Waits until so many answers have come. */
  async until(id: string, count: number): Promise<readonly Received[]> {
    await eventually(() => this.received(id).length >= count);
    return this.received(id);
  }

  statuses(id: string): unknown[] {
    return this.received(id).flatMap(({ data }) => (data ? [Object.values(data)[0]?.['status']] : []));
  }

  /** Cuts the connection, as a lost network does. */
  cut(): void {
    this.socket.terminate();
  }
}

/** The last place that a client knows of. */
export function lastEventId(received: readonly Received[]): string | undefined {
  return received.at(-1)?.extensions?.eventId;
}
