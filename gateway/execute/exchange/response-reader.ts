import { ChunkedBody } from './chunked-body.ts';
import { ExchangeFailure } from './exchange-failure.ts';
import { PlainBody } from './plain-body.ts';
import type { ReadHead } from './known-heads.ts';
import type { ResponseHead } from './response-head.ts';

/** One whole HTTP response, and what becomes of its connection. */
export interface HttpResponse {
  readonly status: number;
  /** The body, where the connection has read it to: whoever wants it for longer than it is told of it makes a copy. */
  readonly bytes: Buffer;
  /** Whether the connection is there for another request. Nothing came behind the response, either. */
  readonly persists: boolean;
  readonly keptMs: number | undefined;
}

const MAX_HEAD_BYTES = 16_384;
const MAX_INTERIM_RESPONSES = 16;
const SWITCHING_PROTOCOLS = 101;
const END_OF_HEAD = '\r\n\r\n';

/** Reads the responses of a connection, one after the other, however the bytes are cut up on their way. */
export class ResponseReader {
  readonly #maxBytes: number;
  readonly #readHead: ReadHead;
  #begun: Buffer | undefined;
  #head: ResponseHead | undefined;
  #body: PlainBody | ChunkedBody | undefined;
  #interim = 0;

  /** Bodies may have `maxBytes`. */
  constructor(maxBytes: number, readHead: ReadHead) {
    this.#maxBytes = maxBytes;
    this.#readHead = readHead;
  }

  /** Takes bytes, of which it keeps copies alone, but for a response that gives a part of them; gives the response once it is whole. Throws an `ExchangeFailure`, `invalid`, when it never will be. */
  read(data: Buffer): HttpResponse | undefined {
    if (this.#head !== undefined) return this.#readBody(this.#head, data, 0);
    const all = this.#begun === undefined ? data : Buffer.concat([this.#begun, data]);
    const end = all.indexOf(END_OF_HEAD);
    if ((end === -1 ? all.length - END_OF_HEAD.length + 1 : end) > MAX_HEAD_BYTES)
      throw invalid('the head of its response is too long');
    if (end === -1) {
      this.#begun = all === data ? Buffer.from(data) : all;
      return undefined;
    }
    this.#begun = undefined;
    const head = this.#readHead(all, end);
    const from = end + END_OF_HEAD.length;
    if (head.status < 200) return this.#passOver(head, all.subarray(from));
    if (head.framing.kind === 'length') this.#admit(head.framing.bytes);
    return this.#readBody(head, all, from);
  }

  /** Tells that the other side has ended the connection: gives the response that ends with it. */
  end(): HttpResponse | undefined {
    if (this.#head?.framing.kind !== 'until-close') return undefined;
    return this.#whole(this.#head, this.#body?.joined() ?? NOTHING, false);
  }

  /** Interim responses come before the one that counts (RFC 9110, section 15.2). */
  #passOver({ status }: ResponseHead, rest: Buffer): HttpResponse | undefined {
    if (status === SWITCHING_PROTOCOLS || (this.#interim += 1) > MAX_INTERIM_RESPONSES)
      throw invalid('it goes on with another protocol, or never with its response');
    return rest.length === 0 ? undefined : this.read(rest);
  }

  #readBody(head: ResponseHead, data: Buffer, from: number): HttpResponse | undefined {
    const { framing } = head;
    if (framing.kind === 'length' && this.#body === undefined && data.length - from >= framing.bytes) {
      const end = from + framing.bytes;
      return this.#whole(head, data.subarray(from, end), end === data.length);
    }
    this.#head = head;
    const body = (this.#body ??= bodyFor(framing));
    const end = body.take(data, from);
    this.#admit(body.bytes);
    return end === -1 ? undefined : this.#whole(head, body.joined(), end === data.length);
  }

  #admit(bytes: number): void {
    if (bytes > this.#maxBytes) throw invalid(`its response has more than ${this.#maxBytes} bytes`);
  }

  /** Also makes ready for the next. */
  #whole({ status, persists, keptMs }: ResponseHead, bytes: Buffer, isLast: boolean): HttpResponse {
    this.#head = undefined;
    this.#body = undefined;
    this.#interim = 0;
    return { status, bytes, persists: persists && isLast, keptMs };
  }
}

const NOTHING = Buffer.alloc(0);

function bodyFor(framing: ResponseHead['framing']): PlainBody | ChunkedBody {
  if (framing.kind === 'chunked') return new ChunkedBody();
  return new PlainBody(framing.kind === 'length' ? framing.bytes : undefined);
}

function invalid(message: string): ExchangeFailure {
  return new ExchangeFailure('invalid', message);
}
