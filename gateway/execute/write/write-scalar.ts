import { roomFor, type Output } from './output.ts';

// Each writes from a place on, and gives the place behind what it has written.

const [QUOTE, BACKSLASH, SPACE, MINUS, ZERO] = [0x22, 0x5c, 0x20, 0x2d, 0x30];

/** Texts up to here are written faster character by character than by a call of Node's own. */
const SHORT = 20;

/** What may not stand in a JSON string as it is (RFC 8259, section 7); a surrogate may be alone, which only `JSON.stringify` finds out. */
const TO_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Writes a string as `JSON.stringify` does. */
export function writeString(output: Output, at: number, value: string): number {
  const { length } = value;
  if (length > SHORT) return writeLongString(output, at, value);
  const bytes = roomFor(output, at, length + 2);
  bytes[at] = QUOTE;
  let all = 0;
  for (let index = 0; index < length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < SPACE || code === QUOTE || code === BACKSLASH) return writeText(output, at, JSON.stringify(value));
    all |= code;
    bytes[at + 1 + index] = code;
  }
  if (all >= 0x80) return writeLongString(output, at, value);
  bytes[at + 1 + length] = QUOTE;
  return at + length + 2;
}

function writeLongString(output: Output, at: number, value: string): number {
  if (!output.isPlain && TO_ESCAPE.test(value)) return writeText(output, at, JSON.stringify(value));
  const bytes = roomFor(output, at, 3 * value.length + 2);
  bytes[at] = QUOTE;
  const end = at + 1 + bytes.write(value, at + 1);
  bytes[end] = QUOTE;
  return end + 1;
}

/** Writes a text that is JSON. */
export function writeText(output: Output, at: number, text: string): number {
  // UTF-8 has at most three bytes for each unit of UTF-16.
  return at + roomFor(output, at, 3 * text.length).write(text, at);
}

/** Writes a text of ASCII that is JSON, or a part of it. */
export function writeAscii(output: Output, at: number, text: string): number {
  const bytes = roomFor(output, at, text.length);
  for (let index = 0; index < text.length; index += 1) bytes[at + index] = text.charCodeAt(index);
  return at + text.length;
}

/** What an integer of 32 bits takes at most. */
const INTEGER_LENGTH = 11;

/** Writes an integer of 32 bits. */
export function writeInteger(output: Output, at: number, value: number): number {
  const bytes = roomFor(output, at, INTEGER_LENGTH);
  let place = at;
  let rest = value;
  if (value < 0) {
    bytes[place++] = MINUS;
    rest = -value;
  }
  let end = place + 1;
  for (let limit = 10; rest >= limit; limit *= 10) end += 1;
  for (place = end - 1; rest >= 10; place -= 1) {
    const tens = Math.floor(rest / 10);
    bytes[place] = ZERO + rest - 10 * tens;
    rest = tens;
  }
  bytes[place] = ZERO + rest;
  return end;
}
