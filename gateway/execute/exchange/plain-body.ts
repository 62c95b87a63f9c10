/** What is set aside for a body at once, whatever is said of its length: bytes that never come should take no memory. */
const MOST_AT_ONCE = 1_048_576;
/** For one whose length nobody has said. */
const UNKNOWN = 65_536;

/** Gathers a body whose end is known beforehand, or comes with the end of the connection, however the bytes are cut up on their way. */
export class PlainBody {
  readonly #length: number;
  #gathered: Buffer;
  /** How many have come. */
  bytes = 0;

  /** `length` in bytes; undefined for all that come. */
  constructor(length: number | undefined) {
    this.#length = length ?? Infinity;
    this.#gathered = Buffer.allocUnsafeSlow(Math.min(length ?? UNKNOWN, MOST_AT_ONCE));
  }

  /** Takes bytes from a place on; gives the place behind the body where it is whole, else -1. */
  take(data: Buffer, from: number): number {
    const end = Math.min(data.length, from + this.#length - this.bytes);
    const bytes = this.bytes + end - from;
    if (bytes > this.#gathered.length) this.#grow(bytes);
    data.copy(this.#gathered, this.bytes, from, end);
    this.bytes = bytes;
    return bytes === this.#length ? end : -1;
  }

  /** All of them. */
  joined(): Buffer {
    return this.#gathered.subarray(0, this.bytes);
  }

  #grow(bytes: number): void {
    const more = Buffer.allocUnsafeSlow(Math.min(Math.max(bytes, 2 * this.#gathered.length), this.#length));
    this.#gathered.copy(more, 0, 0, this.bytes);
    this.#gathered = more;
  }
}
