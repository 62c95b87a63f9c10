import { describe, expect, it } from '@jest/globals';
import { createRandom, randomSeed } from '../../../test/gateway/support/random.ts';
import { writeAgain, type Output } from './output.ts';
import { writeAscii, writeInteger, writeString, writeText } from './write-scalar.ts';

const SEED = randomSeed();

/** Pieces of texts: what has to be escaped, what has several bytes, halves of pairs. */
const PIECES = [
  'a',
  'Item 7',
  '"',
  '\\',
  '\n',
  '\u0000',
  '\u001f',
  '\u007f',
  'é',
  'ÿ',
  'Ā',
  '患者',
  '😀',
  '\ud83d',
  '\ude00',
];

/** What a write leaves of an output that had few bytes, from a place on. */
function written(write: (output: Output, at: number) => number, isPlain = false, room = 0): string {
  const output = { bytes: Buffer.alloc(3 + room, '#'), isPlain };
  const end = write(output, 3);
  expect(output.bytes.toString('utf8', 0, 3)).toBe('###');
  return output.bytes.toString('utf8', 3, end);
}

describe('writeString', () => {
  it(`writes what JSON.stringify writes: random texts (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    for (let turn = 0; turn < 20_000; turn += 1) {
      const pieces = Array.from({ length: random.below(12) }, () => random.oneOf(PIECES) ?? '');
      const value = pieces.join('');
      const json = JSON.stringify(value);

      expect(written((output, at) => writeString(output, at, value), false, random.below(80))).toBe(json);
      // So it is where the text was read from JSON without an escape.
      if (!json.includes('\\'))
        expect(written((output, at) => writeString(output, at, value), true, random.below(80))).toBe(json);
    }
  });

  it('writes texts of every length, of one, two, three and four bytes a character', () => {
    for (const character of ['x', 'é', '患', '😀', '"'])
      for (let length = 0; length < 70; length += 1) {
        const value = character.repeat(length);

        expect(written((output, at) => writeString(output, at, value))).toBe(JSON.stringify(value));
        expect(written((output, at) => writeString(output, at, `${value}x`))).toBe(JSON.stringify(`${value}x`));
      }
  });
});

describe('writeInteger', () => {
  it('writes every integer of 32 bits as a text has it', () => {
    const edges = Array.from({ length: 32 }, (_, bit) => 2 ** bit).flatMap((one) => [one - 1, one, one + 1]);
    const tens = Array.from({ length: 10 }, (_, power) => 10 ** power).flatMap((one) => [one - 1, one, one + 1]);
    const all = [...edges, ...tens].flatMap((one) => [one, -one]).filter((one) => (one | 0) === one);

    for (const value of [...all, -0, -(2 ** 31), 2 ** 31 - 1])
      expect(written((output, at) => writeInteger(output, at, value))).toBe(String(value));
  });
});

it('has bytes for whatever is written, and keeps what stands before', () => {
  const output = { bytes: Buffer.alloc(0), isPlain: true };

  let end = writeAscii(output, 0, '["first"');
  end = writeText(output, end, ',"患者"');
  end = writeAgain(output, end, { start: 1, end: 8 });
  end = writeAgain(output, end, { start: 0, end });

  expect(output.bytes.toString('utf8', 0, end)).toBe('["first","患者""first"["first","患者""first"');
});
