import { expect, it } from '@jest/globals';
import { createRecentIds } from './recent-ids.ts';

it('forgets the oldest ids of a source first, and none of another for them', () => {
  const recent = createRecentIds(2);

  recent.add('quiet', 'q');
  for (const id of ['a', 'b', 'c']) recent.add('busy', id);

  expect(['a', 'b', 'c'].map((id) => recent.has('busy', id))).toEqual([false, true, true]);
  expect(recent.has('quiet', 'q')).toBe(true);
  expect(recent.has('quiet', 'b')).toBe(false);
});
