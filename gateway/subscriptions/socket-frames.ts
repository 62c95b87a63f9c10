/**
 * Frames of the WebSocket protocol as a server writes them: whole messages, not masked and not compressed (RFC 6455, section 5.2).
 * The library writes head and payload apart, which costs what a small message costs again.
 */

const FINAL = 0x80;
const TEXT = 0x1;
const PING = 0x9;
/** Lengths from here on are written in the next two bytes, those from `LONG` on in the next eight. */
const MIDDLE = 126;
const LONG = 65_536;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** A ping without payload. */
export const PING_FRAME: Buffer = Buffer.from([FINAL | PING, 0]);

/** A text message in one frame. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const headLength = length < MIDDLE ? 2 : length < LONG ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = FINAL | TEXT;
  if (length < MIDDLE) {
    frame[1] = length;
  } else if (length < LONG) {
    frame[1] = IN_TWO_BYTES;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = IN_EIGHT_BYTES;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headLength);
  return frame;
}
