import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
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

it('takes no longer for texts that were chosen to look alike, but for a moment', () => {
  const lookAlikes = Array.from({ length: 20_000 }, (_, one) => `a${String(one).padStart(8, '0')}-#-00000000-000000`);

  const startMs = performance.now();
  expectNumbers([...lookAlikes, ...lookAlikes]);

  // Every one compared with every other: several seconds.
  expect(performance.now() - startMs).toBeLessThan(1_000);
});
