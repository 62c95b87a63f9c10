import type { JsonShape } from './json-shape.ts';
import { learnName, nameAt } from './type-names.ts';
import { beginReading, goOn, readEscaped, readNumber, stringBetween, type Reading } from './read-scalar.ts';
import { readerParts } from './reader-parts.ts';

/** What was read, and whether no string in it had an escape. */
export interface ReadJson {
  readonly value: unknown;
  readonly isPlain: boolean;
}

/** Reads JSON of one shape: the value that `JSON.parse` gives, or undefined for whatever is of another shape, or no JSON. */
export type ReadShaped = (bytes: Buffer) => ReadJson | undefined;

/** A part of a generated reader: gives the place behind what it has read, or -1. */
type ReadPart = (bytes: Buffer, at: number, reading: Reading) => number;

interface Generated {
  readonly read: ReadPart;
  /** What was read; it is kept no longer. */
  readonly take: () => unknown;
}

/** What generated code calls. */
const CALLED = { stringBetween, readEscaped, readNumber, goOn, nameAt, learnName };

/**
 * Makes code that reads JSON of a shape, as it is sent without white space. It knows every key beforehand, and keeps no table of short
 * strings as `JSON.parse` does, which makes up half of its time where thousands of them differ. Nothing but
 * the keys of the shape, which are GraphQL names, gets into the code.
 */
export function generateReader(shape: JsonShape): ReadShaped {
  const { root, parts } = readerParts(shape);
  const body = `
const { ${Object.keys(CALLED).join(', ')} } = called;
let found;
const noItems = [];
${parts.join('\n')}
const take = () => {
  const value = found;
  found = undefined;
  return value;
};
return { read: ${root}, take };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of GraphQL names and of nothing else
  const make = new Function('called', body) as (called: typeof CALLED) => Generated;
  const { read, take } = make(CALLED);
  return (bytes) => {
    const reading = beginReading(bytes);
    const end = read(bytes, 0, reading);
    const value = take();
    return end === -1 || !isBlank(bytes, end) ? undefined : { value, isPlain: reading.isPlain };
  };
}

/** White space of JSON alone, to the end: some servers end a body with a line break. */
function isBlank(bytes: Buffer, from: number): boolean {
  return bytes.subarray(from).every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}
