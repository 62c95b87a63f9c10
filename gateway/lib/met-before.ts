const BITS = 1 << 20;
/** Up to here it says yes of one in 400 things that were not met. */
const MAX_NOTED = 50_000;

/**
 * Makes what tells whether something was met before, and notes it. It takes 128 KiB, however much is met: it may say yes of what was
 * not (a Bloom filter), and forgets all of it now and then. Things are known by a hash in hex, of 24 digits at least.
 */
export function createMetBefore(): (hash: string) => boolean {
  const bits = new Uint32Array(BITS / 32);
  let noted = 0;

  /** Whether a bit was set; it is from then on. */
  function mark(bit: number): boolean {
    const [word, mask] = [bit >>> 5, 1 << (bit & 31)];
    const before = bits[word] ?? 0;
    bits[word] = before | mask;
    return (before & mask) !== 0;
  }

  return (hash) => {
    let isKnown = true;
    for (let at = 0; at < 24; at += 8) if (!mark(Number.parseInt(hash.slice(at, at + 8), 16) % BITS)) isKnown = false;
    if (isKnown) return true;
    if ((noted += 1) >= MAX_NOTED) {
      bits.fill(0);
      noted = 0;
    }
    return false;
  };
}
