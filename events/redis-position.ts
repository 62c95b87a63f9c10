const SEQUENCE_BITS = 20n;
const SEQUENCES = 1n << SEQUENCE_BITS;

/** The position of the first entry of a millisecond since 1970. */
export function positionOfTime(milliseconds: number): bigint {
  return BigInt(milliseconds) << SEQUENCE_BITS;
}

/** The last position before a point in time. */
export function positionBefore(time: Date): bigint {
  return time.getTime() > 0 ? positionOfTime(time.getTime()) - 1n : 0n;
}

/**
 * Packs the id of a stream entry, `milliseconds-sequence`, into a position. Throws when more than a million entries share one
 * millisecond, which only a clock that was set back could bring about: what does not fit would lose its place in the order.
 */
export function positionOfEntry(id: string): bigint {
  const [milliseconds = '0', sequence = '0'] = id.split('-');
  if (BigInt(sequence) >= SEQUENCES)
    throw new Error(`the stream entry ${id} is beyond the positions of its millisecond`);
  return (BigInt(milliseconds) << SEQUENCE_BITS) | BigInt(sequence);
}

/** The id of the stream entry at a position. */
export function entryAt(position: bigint): string {
  return `${position >> SEQUENCE_BITS}-${position & (SEQUENCES - 1n)}`;
}
