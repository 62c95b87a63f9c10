import { ExchangeFailure } from './exchange-failure.ts';

type Part = 'size' | 'data' | 'behind-data' | 'trailer' | 'end';

/** A line of a size, with extensions that nobody reads, or of a trailer: more is no answer but an attack. */
const MAX_LINE_BYTES = 1_024;
const MAX_TRAILER_LINES = 32;
const SIZE = /^([0-9a-fA-F]{1,8})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/;
const [LF, CR] = [0x0a, 0x0d];

/** Gathers a body that comes in chunks (RFC 9112, section 7.1), however the bytes are cut up on their way. */
export class ChunkedBody {
  readonly chunks: Buffer[] = [];
  /** Of all chunks so far. */
  bytes = 0;
  #part: Part = 'size';
  #line = '';
  #missing = 0;
  #trailerLines = 0;

  /** Takes bytes from a place on; gives the place behind the body where it is whole, else -1. Throws an `ExchangeFailure`, `invalid`. */
  take(data: Buffer, from: number): number {
    let at = from;
    while (at < data.length) {
      at = this.#part === 'data' ? this.#takeData(data, at) : this.#takeLine(data, at);
      if (this.#part === 'end') return at;
    }
    return -1;
  }

  #takeData(data: Buffer, at: number): number {
    const end = Math.min(data.length, at + this.#missing);
    this.chunks.push(data.subarray(at, end));
    this.bytes += end - at;
    this.#missing -= end - at;
    if (this.#missing === 0) this.#part = 'behind-data';
    return end;
  }

  #takeLine(data: Buffer, at: number): number {
    const found = data.indexOf(LF, at);
    const end = found === -1 ? data.length : found + 1;
    if (this.#line.length + end - at > MAX_LINE_BYTES) throw malformed();
    this.#line += data.toString('latin1', at, end);
    if (found === -1) return end;
    if (this.#line.charCodeAt(this.#line.length - 2) !== CR) throw malformed();
    const line = this.#line.slice(0, -2);
    this.#line = '';
    this.#part = this.#after(line);
    return end;
  }

  /** What follows a line. */
  #after(line: string): Part {
    switch (this.#part) {
      case 'size': {
        const digits = SIZE.exec(line)?.[1];
        if (digits === undefined) throw malformed();
        this.#missing = Number.parseInt(digits, 16);
        return this.#missing === 0 ? 'trailer' : 'data';
      }
      case 'behind-data':
        if (line !== '') throw malformed();
        return 'size';
      case 'trailer':
        if (line === '') return 'end';
        if ((this.#trailerLines += 1) > MAX_TRAILER_LINES) throw malformed();
        return 'trailer';
      case 'data':
      case 'end':
        throw malformed();
    }
  }
}

function malformed(): ExchangeFailure {
  return new ExchangeFailure('invalid', 'the chunks of its response are not well-formed');
}
