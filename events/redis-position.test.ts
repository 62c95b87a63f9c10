import { expect, it } from '@jest/globals';
import { entryAt, positionBefore, positionOfEntry } from './redis-position.ts';

it('keeps the order of stream entries, gives them back, and fits a 64-bit column', () => {
  const entries = ['0-1', '1-0', '1795278101994-0', '1795278101994-1048575', '1795278101995-0', '4102444800000-7'];

  const positions = entries.map(positionOfEntry);

  expect(positions).toEqual([...positions].sort((one, other) => (one < other ? -1 : 1)));
  expect(new Set(positions).size).toBe(entries.length);
  expect(positions.map(entryAt)).toEqual(entries);
  expect((positions.at(-1) ?? 0n) < 2n ** 63n).toBe(true);
});

it('refuses an entry that does not fit into its millisecond', () => {
  expect(() => positionOfEntry('1795278101994-1048576')).toThrow('beyond the positions of its millisecond');
});

it('knows the last position before a point in time', () => {
  expect(positionBefore(new Date(1_795_278_101_994))).toBe(positionOfEntry('1795278101994-0') - 1n);
  expect(positionBefore(new Date(0))).toBe(0n);
});
