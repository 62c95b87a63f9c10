import { describe, expect, it } from '@jest/globals';
import { createReadHead } from './known-heads.ts';
import { readHead } from './response-head.ts';

const headOf = (fields: string): string => `HTTP/1.1 200 OK\r\n${fields}`;

/** Reads a head as it stands in what has come, with what follows it. */
const readIn = (read: typeof readHead, head: string, rest = '\r\n\r\n{}') =>
  read(Buffer.from(head + rest, 'latin1'), head.length);

describe('reading the heads of one server', () => {
  it('gives what was read before for a head that is the same, wherever it stands and whatever follows', () => {
    const read = createReadHead();
    const head = headOf('content-length: 2\r\nkeep-alive: timeout=5');

    const first = readIn(read, head);
    const again = readIn(read, head, '\r\n\r\nother');

    expect(first).toEqual(readIn(readHead, head));
    expect(again).toBe(first);
  });

  it('tells heads apart that differ in one byte, or in their end', () => {
    const read = createReadHead();
    const heads = [
      headOf('content-length: 12'),
      headOf('content-length: 13'),
      headOf('content-length: 1'),
      headOf('content-length: 12\r\nconnection: close'),
      'HTTP/1.1 500 OK\r\ncontent-length: 12',
    ];

    for (const head of [...heads, ...heads.toReversed(), ...heads])
      expect(readIn(read, head)).toEqual(readIn(readHead, head));
  });

  it('keeps a head though the bytes that it was read from are written over', () => {
    const read = createReadHead();
    const bytes = Buffer.from(headOf('content-length: 12\r\n\r\n'));
    const end = bytes.length - 4;

    read(bytes, end);
    bytes.write('9', bytes.indexOf('12'));

    expect(read(bytes, end).framing).toEqual({ kind: 'length', bytes: 92 });
    expect(readIn(read, headOf('content-length: 12')).framing).toEqual({ kind: 'length', bytes: 12 });
  });

  it('keeps no more than four heads, and none that is long', () => {
    const read = createReadHead();
    const first = headOf('content-length: 1');
    const long = headOf(`content-length: 1\r\nx-long: ${'x'.repeat(1_024)}`);

    const known = readIn(read, first);
    for (const bytes of [2, 3, 4]) readIn(read, headOf(`content-length: ${bytes}`));
    const still = readIn(read, first);
    readIn(read, headOf('content-length: 5'));
    const readAgain = readIn(read, first);

    expect(still).toBe(known);
    expect(readAgain).not.toBe(known);
    expect(readAgain).toEqual(known);
    expect(readIn(read, long)).not.toBe(readIn(read, long));
  });

  it('refuses the same head each time', () => {
    const read = createReadHead();

    for (let turn = 0; turn < 2; turn += 1)
      expect(() => readIn(read, headOf('content-length: x'))).toThrow('the length of its response is not a number');
  });
});
