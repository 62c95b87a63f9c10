import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { createMetBefore } from './met-before.ts';

const hashOf = (index: number): string => createHash('sha256').update(String(index)).digest('hex');

it('knows what it was told of, and hardly anything else', () => {
  const isMetBefore = createMetBefore();
  const hashes = Array.from({ length: 20_000 }, (_, index) => hashOf(index));

  expect(hashes.filter(isMetBefore).length).toBeLessThan(20);
  expect(hashes.every(isMetBefore)).toBe(true);
});

it('forgets what it was told of long ago', () => {
  const isMetBefore = createMetBefore();
  for (let index = 0; index < 60_000; index += 1) isMetBefore(hashOf(index));

  expect(isMetBefore(hashOf(1))).toBe(false);
  expect(isMetBefore(hashOf(59_999))).toBe(true);
});
