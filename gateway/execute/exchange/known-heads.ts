import { readHead, type ResponseHead } from './response-head.ts';

/** Reads the head of a response: see `readHead`. */
export type ReadHead = (bytes: Buffer, end: number) => ResponseHead;

/** For the few requests that a server is sent again and again; a head that is not there costs a comparison with each. */
const KEPT = 4;
const MAX_KEPT_BYTES = 1_024;

/**
 * Makes what reads the heads of one server's responses: one that is, byte by byte, one of the last is not read again. Callers share what is
 * read of it, which is about the connection alone.
 */
export function createReadHead(): ReadHead {
  const kept: { readonly bytes: Buffer; readonly head: ResponseHead }[] = [];
  let next = 0;
  return (bytes, end) => {
    for (const one of kept) if (one.bytes.length === end && one.bytes.compare(bytes, 0, end) === 0) return one.head;
    const head = readHead(bytes, end);
    if (end > MAX_KEPT_BYTES) return head;
    kept[next] = { bytes: Buffer.from(bytes.subarray(0, end)), head };
    next = (next + 1) % KEPT;
    return head;
  };
}
