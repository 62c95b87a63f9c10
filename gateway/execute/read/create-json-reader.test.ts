import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createRandom, randomSeed, type Random } from '../../../test/gateway/support/random.ts';
import { createJsonReader, type JsonReader } from './create-json-reader.ts';
import { generateReader, type ReadShaped } from './generate-reader.ts';
import { shapeWith, UNSEEN, type JsonShape } from './json-shape.ts';

const SEED = randomSeed();
const STRINGS: readonly [string, ...string[]] = [
  '',
  'a',
  'Item 10000',
  'x'.repeat(60),
  '"',
  'a\\b',
  'line\nbreak',
  'é',
  '患者',
  '😀',
  '\u007f',
  '\ufeffa\ufeff',
  '\b\f\r\t/\u0001',
  '\u2028',
];
const NUMBERS: readonly [number, ...number[]] = [
  0, -0, 7, -1, 1.5, 1e21, 1e-7, 123_456_789_012_345, 1_234_567_890_123_456, -2.5e-300, 9_007_199_254_740_993,
];

/** The same as `JSON.parse`, or nothing. */
function expectNothingElse(read: ReadShaped, bytes: Buffer): 'read' | 'left' {
  const found = read(bytes);
  if (found === undefined) return 'left';
  const text = bytes.toString();

  // Prototypes included; a key may be called `constructor`.
  expect(isDeepStrictEqual(found.value, JSON.parse(text))).toBe(true);
  expect(JSON.stringify(found.value)).toBe(JSON.stringify(JSON.parse(text)));
  expect(found.isPlain).toBe(!text.includes('\\'));
  return 'read';
}

function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return random.oneOf(items) ?? items[0];
}

function randomShape(random: Random, depth = 0): JsonShape {
  const kinds = ['string', 'number', 'boolean', 'string', 'number'] as const;
  const form = depth > 3 ? 0 : random.below(4);
  if (form === 1) return { kind: 'list', item: randomShape(random, depth + 1) };
  if (form >= 2 || depth === 0)
    return {
      kind: 'object',
      fields: Array.from({ length: random.below(5) }, (_, index) => ({
        key: ['constructor', 'id', 'toString', '__typename', '_1'][index] ?? '',
        value: randomShape(random, depth + 1),
      })),
    };
  return { kind: pick(random, kinds) };
}

function randomValue(random: Random, shape: JsonShape, depth = 0): unknown {
  if (depth > 0 && random.below(12) === 0) return null;
  switch (shape.kind) {
    case 'null':
      return null;
    case 'string':
      return pick(random, STRINGS);
    case 'number':
      return pick(random, NUMBERS);
    case 'boolean':
      return random.below(2) === 0;
    case 'list':
      return Array.from({ length: random.below(5) }, () => randomValue(random, shape.item, depth + 1));
    case 'object':
      return Object.fromEntries(shape.fields.map(({ key, value }) => [key, randomValue(random, value, depth + 1)]));
  }
}

/** One byte changed, left out or put in. */
function damaged(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length);
  const byte = Buffer.from([pick(random, [0x00, 0x0a, 0x20, 0x22, 0x2c, 0x30, 0x5c, 0x7d, 0x80, 0xc3, 0xed, 0xff])]);
  const rest = bytes.subarray(at + random.below(2));
  return Buffer.concat([bytes.subarray(0, at), random.below(3) === 0 ? Buffer.alloc(0) : byte, rest]);
}

/** What a string may hold, escaped or not, and what it must not. */
const PIECES = [
  '',
  '\\"',
  '\\\\',
  '"',
  '\\',
  '\n',
  '\u0000',
  '\u001f',
  ' ',
  '!',
  '#',
  '[',
  ']',
  '\u007f',
  '\u0080',
  'é',
  '患',
  '😀',
];

/** With up to nine characters before and behind it. */
function surrounded(piece: string): readonly string[] {
  const lengths = Array.from({ length: 10 }, (_, length) => length);
  return lengths.flatMap((before) => lengths.map((behind) => 'a'.repeat(before) + piece + '~'.repeat(behind)));
}

/** JSON of a list of one object of a type, cut off at every place. */
function beginningsOfRow(name: string): readonly Buffer[] {
  const whole = Buffer.from(JSON.stringify([{ __typename: name }]));
  return Array.from(whole, (_, at) => whole.subarray(0, at));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('a generated reader', () => {
  it(`reads what JSON.parse reads, or leaves it: random shapes, whole and damaged (seed ${SEED})`, () => {
    const random = createRandom(SEED);
    const seen = { whole: 0, damaged: 0, broken: 0 };
    for (let turn = 0; turn < 3_000; turn += 1) {
      const shape = randomShape(random);
      const read = generateReader(shape);
      const bytes = Buffer.from(JSON.stringify(randomValue(random, shape)));

      expect(expectNothingElse(read, bytes)).toBe('read');
      seen.whole += 1;
      for (let damage = 0; damage < 10; damage += 1) {
        const other = damaged(random, bytes);
        const isWhole = isJson(other.toString());
        const outcome = isWhole ? expectNothingElse(read, other) : 'left';
        if (!isWhole) expect(read(other)).toBeUndefined();
        seen.broken += isWhole ? 0 : 1;
        seen.damaged += outcome === 'read' ? 1 : 0;
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
  });

  it('sees every byte of a string, wherever it stands, and where the string ends', () => {
    const item: JsonShape = { kind: 'object', fields: [{ key: 'name', value: { kind: 'string' } }] };
    const read = generateReader({ kind: 'list', item });
    const texts = PIECES.flatMap((piece) => surrounded(piece).map((string) => `[{"name":"${string}"}]`));

    const outcomes = texts
      .flatMap((json) => [json, json.slice(0, -1), json.slice(0, -2), json.slice(0, -3)])
      .map((text) => {
        if (isJson(text)) return expectNothingElse(read, Buffer.from(text));
        expect(read(Buffer.from(text))).toBeUndefined();
        return 'broken';
      });

    expect(new Set(outcomes)).toEqual(new Set(['read', 'broken']));
  });

  it('reads the names of types, of few and of many, and whatever else stands there', () => {
    const names = ['Item', 'Items', 'Ite', '_I', 'x'.repeat(64), 'x'.repeat(65), 'a', 'b', 'c', 'd', 'e'];
    const others = ['', '-', 'It em', 'Item"', 'It\\em', 'It\nem', 'Ité', '患者', '__proto__', 'constructor', null];
    const item: JsonShape = { kind: 'object', fields: [{ key: '__typename', value: { kind: 'string' } }] };
    for (const known of [names.slice(0, 2), names]) {
      const read = generateReader({ kind: 'list', item });
      for (let turn = 0; turn < 3; turn += 1) {
        const rows = [...known, ...others, ...known].map((name) => ({ ['__typename']: name }));
        expect(expectNothingElse(read, Buffer.from(JSON.stringify(rows)))).toBe('read');
        const escaped = Buffer.from(`[{"__typename":"It\\u0065m"}]`);
        expect(expectNothingElse(read, escaped)).toBe('read');
        for (const part of known.flatMap(beginningsOfRow)) expect(read(part)).toBeUndefined();
      }
    }
  });

  it('sees every byte of what stands between values', () => {
    const shape =
      shapeWith(UNSEEN, [{ a: 1, name: 'x', birthday: null }], new Set(['a', 'name', 'birthday'])) ?? UNSEEN;
    const read = generateReader(shape);
    const bytes = Buffer.from('[{"a":7,"name":"Ada","birthday":null}]');
    expect(expectNothingElse(read, bytes)).toBe('read');

    for (let at = 0; at < bytes.length; at += 1)
      for (const byte of [0x00, 0x20, 0x22, 0x61, 0x7f, 0xff]) {
        const other = Buffer.from(bytes);
        other[at] = byte;
        if (isJson(other.toString())) expectNothingElse(read, other);
        else expect(read(other)).toBeUndefined();
      }
  });

  it('reads every kind of value where nothing but null was seen, and leaves all others', () => {
    const shape = [{ a: null }, { a: null }].reduce<JsonShape | undefined>(
      (known, value) => known && shapeWith(known, value, new Set(['a'])),
      UNSEEN,
    );
    const read = generateReader(shape ?? UNSEEN);

    expect(read(Buffer.from('{"a":null}\n'))?.value).toEqual({ a: null });
    for (const other of ['{"a":1}', '{"a":"x"}', '{"a":{}}', '{"a":[]}', '{"a":null}x', '{"a":null,"b":1}', '{}', ''])
      expect(read(Buffer.from(other))).toBeUndefined();
  });

  it('learns no shape of keys that nobody asked for, of objects that differ, or of what is too deep', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100; depth += 1) deep = [deep];

    for (const value of [
      { 'a"]; throw 1; //': 1 },
      JSON.parse('{"__proto__":1}'),
      { mrsSmith: 1 },
      [{ a: 1 }, { b: 1 }],
      [{ a: 1 }, { a: 1, b: 1 }],
      [{ a: 1, b: 1 }, { a: 1 }],
      [1, 'a'],
      [[1], { a: 1 }],
      deep,
    ])
      expect(shapeWith(UNSEEN, value, new Set(['a', 'b']))).toBeUndefined();
    expect(shapeWith(UNSEEN, [{ a: 1, b: [] }], new Set(['a', 'b']))).toBeDefined();
  });
});

describe('createJsonReader', () => {
  const rows = (name: string) =>
    JSON.stringify({
      data: { items: Array.from({ length: 1_000 }, (_, id) => ({ id: `${id}`, name, rank: id % 7 })) },
    });
  const readAll = (reader: JsonReader, texts: readonly string[]) =>
    texts.map((text) => reader.read(Buffer.from(text)).value);

  it('reads whatever comes, in any order, as JSON.parse does', () => {
    const reader = createJsonReader('{items{id name rank}}');
    const error = JSON.stringify({ errors: [{ message: 'x'.repeat(20_000) }], data: null });
    const texts = [rows('a'), rows('b'), '\ufeff{"data":{"items":null}}', rows('é'), error, rows('"'), error, error];
    const sent = [...texts, error, error, error, error, rows('c'), ...texts];

    expect(readAll(reader, sent)).toEqual(sent.map((text) => JSON.parse(text.replace('\ufeff', '')) as unknown));
    for (const text of ['', '<html>', '{"data":', `${rows('a')},`, rows('a').slice(0, -1)])
      expect(() => reader.read(Buffer.from(text))).toThrow(SyntaxError);
  });

  it.each([
    ['a long answer', 2, rows('b')],
    ['a short one once there have been many', 2_000, '{"data":{"items":[{"id":"1","name":"a","rank":1}]}}'],
  ])('reads %s without JSON.parse, but not before', (_, times, text) => {
    const reader = createJsonReader('{items{id name rank}}');
    const { parse } = JSON;
    let parsed = 0;
    JSON.parse = (json: string): unknown => {
      parsed += 1;
      return parse(json);
    };
    try {
      readAll(reader, [text]);
      expect(parsed).toBe(1);
      readAll(
        reader,
        Array.from({ length: times }, () => text),
      );
      const parsedBefore = parsed;
      expect(readAll(reader, [text])).toEqual([parse(text)]);
      expect(parsed).toBe(parsedBefore);
      // While the subgraph fails.
      readAll(
        reader,
        Array.from({ length: 20 }, () => '{"errors":[{"message":"no"}],"data":null}'),
      );
      expect(parsed).toBe(parsedBefore + 20);
      expect(readAll(reader, [text])).toEqual([parse(text)]);
      expect(parsed).toBe(parsedBefore + 20);
    } finally {
      JSON.parse = parse;
    }
  });
});
