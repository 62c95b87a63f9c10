/** Where a reader stands, and what it has found out on its way; for what is read outside of generated code. */
export interface Reading {
  readonly bytes: Buffer;
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
  const reading = { bytes, text: '', start: 0, end: 0, at: 0, isPlain: true };
  goOn(reading, 0);
  return reading;
}

/** Has the text from a place on. */
export function goOn(reading: Reading, from: number): void {
  reading.text = reading.bytes.toString('latin1', from, from + TEXT_LENGTH);
  reading.start = from;
  reading.end = from + reading.text.length;
}

const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];
/** RFC 8259, section 6. */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Reads any string of JSON from behind its opening quote on; undefined where there is none. */
export function readString(reading: Reading, from: number): string | undefined {
  const { bytes } = reading;
  let at = from;
  let hasEscape = false;
  for (let byte = bytes[at]; byte !== QUOTE; byte = bytes[at]) {
    if (byte === undefined || byte < SPACE) return undefined;
    if (byte === BACKSLASH) hasEscape = true;
    at += byte === BACKSLASH ? 2 : 1;
  }
  reading.at = at + 1;
  if (!hasEscape) return bytes.toString('utf8', from, at);
  reading.isPlain = false;
  try {
    return JSON.parse(bytes.toString('utf8', from - 1, at + 1)) as string;
  } catch {
    return undefined;
  }
}

/** Reads any number of JSON; undefined where there is none. */
export function readNumber(reading: Reading, from: number): number | undefined {
  const { bytes } = reading;
  let at = from;
  while (isOfNumber(bytes[at])) at += 1;
  const text = bytes.toString('latin1', from, at);
  reading.at = at;
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Digits, `+`, `-`, `.`, `e` and `E`. */
function isOfNumber(byte = 0): boolean {
  if (byte >= 0x30 && byte <= 0x39) return true;
  return byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x65 || byte === 0x45;
}
