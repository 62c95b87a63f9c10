import { ExchangeFailure } from './exchange-failure.ts';

type Part = 'size' | 'data' | 'behind-data' | 'trailer' | 'end';

/** A line of a size, with extensions that nobody reads, or of a trailer: more is no answer but an attack. */
const MAX_LINE_BYTES = 1_024;
const MAX_TRAILER_LINES = 32;
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
const QUOTED = '"(?:[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"';
/** Extensions have a name, and may have a value (section 7.1.1): someone could see another end of a line in what is none. */
const SIZE = new RegExp(`^([0-9a-fA-F]{1,8})(?:;(?!$)${TOKEN}*(?:=(?:${TOKEN}*|${QUOTED}))?)*$`);
const FIELD = new RegExp(`^${TOKEN}+:[\\t\\x20-\\x7e\\x80-\\xff]*$`);
const [LF, CR] = [0x0a, 0x0d];

/** Gathers a body that comes in chunks (RFC 9112, section 7.1), however the bytes are cut up on their way. */
export class ChunkedBody {
  readonly #chunks: Buffer[] = [];
  /** Of all chunks so far, and of the one that has begun. */
  bytes = 0;
  #part: Part = 'size';
  #line = '';
  #missing = 0;
  #trailerLines = 0;

  /** Takes bytes from a place on; gives the place behind the body where it is whole, else -1. Throws an `ExchangeFailure`, `invalid`. */
  take(data: Buffer, from: number): number {
    const parts: Buffer[] = [];
    let at = from;
    while (at < data.length && this.#part !== 'end')
      at = this.#part === 'data' ? this.#takeData(data, at, parts) : this.#takeLine(data, at);
    // Joined at once: a view of every chunk would take hundreds of times as much memory, if each had one byte.
    if (parts.length > 0) this.#chunks.push(Buffer.concat(parts));
    return this.#part === 'end' ? at : -1;
  }

  /** All of them. */
  joined(): Buffer {
    const [first, ...more] = this.#chunks;
    return first === undefined || more.length > 0 ? Buffer.concat(this.#chunks) : first;
  }

  #takeData(data: Buffer, at: number, parts: Buffer[]): number {
    const end = Math.min(data.length, at + this.#missing);
    parts.push(data.subarray(at, end));
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
        this.bytes += this.#missing;
        return this.#missing === 0 ? 'trailer' : 'data';
      }
      case 'behind-data':
        if (line !== '') throw malformed();
        return 'size';
      case 'trailer':
        if (line === '') return 'end';
        if (!FIELD.test(line) || (this.#trailerLines += 1) > MAX_TRAILER_LINES) throw malformed();
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
