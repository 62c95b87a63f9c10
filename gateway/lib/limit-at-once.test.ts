import { expect, it } from '@jest/globals';
import { createLimitAtOnce } from './limit-at-once.ts';

it('runs so much at a time, in the order of arrival, and goes on after a failure', async () => {
  const limit = createLimitAtOnce(2);
  const begun: number[] = [];
  const ends: ((fails: boolean) => void)[] = [];
  const work = (n: number) => () => {
    begun.push(n);
    return new Promise<number>((resolve, reject) => {
      ends[n] = (fails) => (fails ? reject(new Error('failed')) : resolve(n));
    });
  };
  const all = [0, 1, 2, 3].map((n) => limit(work(n)));
  const first = expect(all[0]).rejects.toThrow('failed');
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);

  ends[0]?.(true);
  await first;
  expect(begun).toEqual([0, 1, 2]);
  for (const n of [1, 2]) ends[n]?.(false);
  await Promise.all([all[1], all[2]]);
  ends[3]?.(false);

  expect(await all[3]).toBe(3);
  expect(begun).toEqual([0, 1, 2, 3]);
});
