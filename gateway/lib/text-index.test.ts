import { randomUUID } from 'node:crypto';
import { expect, it, jest } from '@jest/globals';
import { TextIndex } from './text-index.ts';

/** What a `Map` gives. */
function numbered(texts: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text) ?? -1;
  });
}

function expectNumbers(texts: readonly string[]): void {
  const index = new TextIndex();
  expect(texts.map((text) => index.numberOf(text))).toEqual(numbered(texts));
  expect(index.texts).toEqual([...new Set(texts)]);
}

it('numbers texts by the order in which they first come', () => {
  expectNumbers(['b', 'a', '', 'b', '', 'c', 'a']);
  expectNumbers(Array.from({ length: 5_000 }, (_, one) => String(one % 3_000)));
  expectNumbers(Array.from({ length: 3_000 }, () => randomUUID()).flatMap((id) => [id, `Item:${id}`, id]));
  expectNumbers(['é', '患者', '😀', 'e\u0301', '😀', 'é']);
});

/** How many of the texts were looked up in a `Map`. */
function lookedUpInMap(texts: readonly string[]): number {
  const index = new TextIndex();
  const get = jest.spyOn(Map.prototype, 'get');
  try {
    for (const text of texts) index.numberOf(text);
    return get.mock.calls.length;
  } finally {
    get.mockRestore();
  }
}

it('leaves texts that were chosen to look alike to a Map, after a few of them', () => {
  const ids = Array.from({ length: 5_000 }, () => randomUUID());
  const lookAlikes = Array.from({ length: 5_000 }, (_, one) => `a${String(one).padStart(8, '0')}-#-00000000-000000`);

  expectNumbers([...lookAlikes, ...lookAlikes]);
  expect(lookedUpInMap(ids)).toBe(0);
  expect(lookedUpInMap(lookAlikes)).toBeGreaterThan(4_900);
});
