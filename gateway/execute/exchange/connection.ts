import { connect as connectPlain, isIP, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ExchangeFailure } from './exchange-failure.ts';
import type { ReadHead } from './known-heads.ts';
import type { RequestText } from './request-text.ts';
import { ResponseReader, type HttpResponse } from './response-reader.ts';

/** Who waits for the response to a request. Told once, unless it is settled before. */
export interface Waiting {
  readonly text: RequestText;
  readonly isSettled: boolean;
  /** That it has been sent over and not been answered on. */
  connection: Connection | undefined;
  onResponse(response: HttpResponse): void;
  onFailure(failure: ExchangeFailure): void;
}

/** What a connection tells of itself. */
export interface ConnectionEvents {
  /** A response has come over it, and it is to rest: see `createRest`. */
  readonly onAnswered: (connection: Connection) => void;
  /** It is there for a request: new, or after it has rested. */
  readonly onFree: (connection: Connection) => void;
  /** It is there no more. `failure` where it never was. */
  readonly onClosed: (connection: Connection, failure: ExchangeFailure | undefined) => void;
}

interface Options extends ConnectionEvents {
  readonly url: URL;
  readonly connectTimeoutMs: number;
  readonly maxResponseBytes: number;
  readonly readHead: ReadHead;
  /** What comes over it stands here until it is the turn of the next that reads, which may be another: one place for all takes no memory for each read. */
  readonly readInto: Buffer;
  /** For how long a connection that is not used is good for another request, where the other side does not say. */
  readonly idleMs: number;
}

type State = 'connecting' | 'free' | 'busy' | 'resting' | 'closed';

/** The other side may close what it keeps a little before it says: not while a request is on its way to it. */
const MARGIN_MS = 1_000;
const KEEP_ALIVE_PROBE_MS = 60_000;
/** What is longer is better not copied behind the head first. */
const LONG_BODY = 4_096;

/** One connection to a server: a request at a time, each answered before the next is sent. */
export class Connection {
  readonly #options: Options;
  readonly #socket: Socket;
  readonly #reader: ResponseReader;
  readonly #connectTimer: NodeJS.Timeout;
  #state: State = 'connecting';
  #waiting: Waiting | undefined;
  #cause: unknown;
  #idleMs: number;

  constructor(options: Options) {
    this.#options = options;
    this.#idleMs = options.idleMs;
    this.#reader = new ResponseReader(options.maxResponseBytes, options.readHead);
    const { url, connectTimeoutMs } = options;
    const onread = {
      buffer: options.readInto,
      callback: (length: number): boolean => {
        this.#received(options.readInto.subarray(0, length));
        return true;
      },
    };
    this.#socket = url.protocol === 'https:' ? openTls(url, onread) : openPlain(url, onread);
    this.#connectTimer = setTimeout(() => this.#socket.destroy(new Error('it takes too long')), connectTimeoutMs);
    this.#socket
      // What keeps the process going is that somebody waits, for a time, and not that a connection is kept.
      .unref()
      .setNoDelay(true)
      .setKeepAlive(true, KEEP_ALIVE_PROBE_MS)
      .once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => this.#connected())
      .on('end', () => this.#ended())
      .on('error', (error) => (this.#cause = error))
      .on('close', () => this.close());
  }

  /** For how long it may be used once it is free, in milliseconds. */
  get idleMs(): number {
    return this.#idleMs;
  }

  /** Sends a request. To be called when it is free. */
  send(waiting: Waiting): void {
    this.#state = 'busy';
    this.#waiting = waiting;
    waiting.connection = this;
    const { head, body, isAscii } = waiting.text;
    const socket = this.#socket;
    if (isAscii && body.length < LONG_BODY) {
      socket.write(head + body, 'latin1');
      return;
    }
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body, isAscii ? 'latin1' : 'utf8');
    socket.uncork();
  }

  /** Ends it; whoever waits is told. */
  close(): void {
    if (this.#state === 'closed') return;
    const wasConnecting = this.#state === 'connecting';
    this.#state = 'closed';
    clearTimeout(this.#connectTimer);
    this.#socket.destroy();
    const waiting = this.#takeWaiting();
    this.#options.onClosed(this, wasConnecting ? this.#neverConnected() : undefined);
    waiting?.onFailure(new ExchangeFailure('dropped', 'the connection ended before its response', this.#cause));
  }

  /** Ends it, as nobody waits for a response any more. */
  destroy(): void {
    this.#takeWaiting();
    this.close();
  }

  /** To be called when it has rested. */
  endRest(): void {
    if (this.#state === 'resting') this.#becomeFree();
  }

  #connected(): void {
    clearTimeout(this.#connectTimer);
    if (this.#state === 'connecting') this.#becomeFree();
  }

  #received(data: Buffer): void {
    if (this.#state === 'closed') return;
    // Nobody has asked: whatever it is, it is not to be taken for the answer to the next request.
    if (this.#state !== 'busy') {
      this.destroy();
      return;
    }
    try {
      const response = this.#reader.read(data);
      if (response !== undefined) this.#answer(response);
    } catch (failure) {
      if (!(failure instanceof ExchangeFailure)) throw failure;
      const waiting = this.#takeWaiting();
      this.close();
      waiting?.onFailure(failure);
    }
  }

  #answer(response: HttpResponse): void {
    const waiting = this.#takeWaiting();
    // A server that answers before it has read the request may take the rest of it for another.
    if (response.persists && this.#socket.writableLength === 0) {
      const { keptMs } = response;
      if (keptMs !== undefined) this.#idleMs = Math.max(0, keptMs - MARGIN_MS);
      this.#state = 'resting';
      this.#options.onAnswered(this);
    } else this.close();
    waiting?.onResponse(response);
  }

  #ended(): void {
    const response = this.#state === 'busy' ? this.#reader.end() : undefined;
    if (response !== undefined) this.#answer(response);
    else this.close();
  }

  #becomeFree(): void {
    this.#state = 'free';
    this.#options.onFree(this);
  }

  #takeWaiting(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) waiting.connection = undefined;
    return waiting;
  }

  #neverConnected(): ExchangeFailure {
    const why = this.#cause instanceof Error && this.#cause.message !== '' ? `: ${this.#cause.message}` : '';
    return new ExchangeFailure('unsent', `it cannot be connected to${why}`, this.#cause);
  }
}

function openPlain({ hostname, port }: URL, onread: OnReadOpts): Socket {
  return connectPlain({ host: hostOf(hostname), port: Number(port === '' ? 80 : port), onread });
}

function openTls({ hostname, port }: URL, onread: OnReadOpts): Socket {
  const host = hostOf(hostname);
  const name = isIP(host) === 0 ? { servername: host } : {};
  const options = { host, port: Number(port === '' ? 443 : port), ...name, ALPNProtocols: ['http/1.1'], onread };
  return connectTls(options);
}

/** An address of IPv6 without the brackets that it has in a URL. */
function hostOf(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}
