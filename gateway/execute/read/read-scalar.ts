/** Where a reader stands, and what it has found out on its way; for what is read outside of generated code. */
export interface Reading {
  readonly bytes: Buffer;
  /** The same bytes, for several at once. */
  readonly view: DataView;
  /** How many they are. */
  readonly size: number;
  /** Some of the bytes, from `start` up to, and without, `end`, with a character for each. */
  text: string;
  start: number;
  end: number;
  /** Behind what was read last. */
  at: number;
  /** Whether no string had an escape. */
  isPlain: boolean;
}

/** So little that such a text is like any other to the garbage collection, whatever the length of all. */
const TEXT_LENGTH = 65_536;

/** Begins to read: `text` is there from the first byte on. */
export function beginReading(bytes: Buffer): Reading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const reading = { bytes, view, size: bytes.length, text: '', start: 0, end: 0, at: 0, isPlain: true };
  goOn(reading, 0);
  return reading;
}

/** Has the text go on from a place. */
export function goOn(reading: Reading, from: number): void {
  reading.text = reading.bytes.toString('latin1', from, from + TEXT_LENGTH);
  reading.start = from;
  reading.end = from + reading.text.length;
}

const [QUOTE, BACKSLASH, SPACE, SMALL_U] = [0x22, 0x5c, 0x20, 0x75];
const HEX = /^[0-9a-fA-F]{4}$/;

/** What stands for a character behind a backslash (RFC 8259, section 7). */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A string from a place up to, and without, another, between which no escape stands. */
export function stringBetween(
  { bytes, text, start, end }: Reading,
  from: number,
  to: number,
  isAscii: boolean,
): string {
  return isAscii && to <= end ? text.slice(from - start, to - start) : bytes.toString('utf8', from, to);
}

/**
 * Reads a string of JSON that has an escape, from behind its opening quote on; `at` is where the first escape stands, and `before` joins the
 * bits of all bytes up to there. Undefined where there is none.
 */
export function readEscaped(reading: Reading, from: number, at: number, before: number): string | undefined {
  const { bytes } = reading;
  let value = '';
  let [begin, end, all] = [from, at, before];
  for (let byte = bytes[end]; byte !== QUOTE; byte = bytes[end]) {
    if (byte === undefined || byte < SPACE) return undefined;
    if (byte !== BACKSLASH) {
      all |= byte;
      end += 1;
      continue;
    }
    const character = escapedAt(bytes, end + 1);
    if (character === undefined) return undefined;
    value += stringBetween(reading, begin, end, all < 128) + character;
    end += bytes[end + 1] === SMALL_U ? 6 : 2;
    [begin, all] = [end, 0];
  }
  reading.at = end + 1;
  reading.isPlain = false;
  return value + stringBetween(reading, begin, end, all < 128);
}

function escapedAt(bytes: Buffer, at: number): string | undefined {
  const byte = bytes[at] ?? 0;
  if (byte !== SMALL_U) return ESCAPES.get(String.fromCharCode(byte));
  const hex = bytes.toString('latin1', at + 1, at + 5);
  return HEX.test(hex) ? String.fromCharCode(Number.parseInt(hex, 16)) : undefined;
}

/** RFC 8259, section 6. */
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** Whoever writes a number down takes less. */
const NUMBER_LENGTH = 32;

/** Reads any number of JSON from behind its sign on; undefined where there is none. */
export function readNumber(reading: Reading, from: number): number | undefined {
  const text = stringBetween(reading, from, Math.min(from + NUMBER_LENGTH, reading.bytes.length), true);
  NUMBER.lastIndex = 0;
  if (!NUMBER.test(text) || NUMBER.lastIndex === NUMBER_LENGTH) return undefined;
  reading.at = from + NUMBER.lastIndex;
  return Number(text.slice(0, NUMBER.lastIndex));
}
