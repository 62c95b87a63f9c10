/** The bytes of all buffers: the buffer itself where there is one alone. */
export function inOneBuffer(buffers: readonly Buffer[]): Buffer {
  const [first, ...more] = buffers;
  return first === undefined || more.length > 0 ? Buffer.concat(buffers) : first;
}
