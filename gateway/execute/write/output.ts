import type { Json } from '../../lib/json.ts';

/** JSON in the making, in UTF-8: as much of the bytes as has been written, which whoever writes knows. */
export interface Output {
  /** Others take their place when they are full. */
  bytes: Buffer;
  /** Whether every string that is to be written can be as it is. */
  readonly isPlain: boolean;
}

/** JSON from this length on is given as bytes. */
const LONG_BYTES = 4_096;

/** Gives bytes of which `count` more can be written from a place on: those of the output, or more of them, with what has been written. */
export function roomFor(output: Output, at: number, count: number): Buffer {
  const { bytes } = output;
  if (at + count <= bytes.length) return bytes;
  const more = Buffer.allocUnsafeSlow(Math.max(2 * bytes.length, at + count));
  bytes.copy(more, 0, 0, at);
  output.bytes = more;
  return more;
}

/** A part of what has been written. */
interface Written {
  readonly start: number;
  readonly end: number;
}

/** Writes once more what stands elsewhere in the output; gives the place behind it. */
export function writeAgain(output: Output, at: number, { start, end }: Written): number {
  const length = end - start;
  roomFor(output, at, length).copyWithin(at, start, end);
  return at + length;
}

/** Gives a part of what has been written. The output is not to be written to any more. */
export function jsonOf({ bytes }: Output, { start, end }: Written): Json {
  return end - start < LONG_BYTES ? bytes.toString('utf8', start, end) : bytes.subarray(start, end);
}
