import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createFinishFirst } from './finish-first.ts';

/** Work that notes that it has begun. */
function noted(): { begun: number[]; work: (name: number) => () => Promise<number> } {
  const begun: number[] = [];
  const work = (name: number) => async () => {
    begun.push(name);
    return name;
  };
  return { begun, work };
}

describe('createFinishFirst', () => {
  it('begins in the order of coming, and gives what comes of it', async () => {
    const { begin } = createFinishFirst();
    const { begun, work } = noted();

    expect(await Promise.all([begin(work(1)), begin(work(2)), begin(work(3))])).toEqual([1, 2, 3]);
    expect(begun).toEqual([1, 2, 3]);
    await expect(begin(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('begins one in each turn, and none in a turn in which something went on', async () => {
    const { begin, wentOn, waiting } = createFinishFirst();
    const { begun, work } = noted();

    const all = [1, 2, 3].map((name) => begin(work(name)));
    await nextTurn();
    expect(begun).toEqual([1]);
    for (let busyTurn = 0; busyTurn < 5; busyTurn += 1) {
      wentOn();
      await nextTurn();
      expect(begun).toEqual([1]);
    }
    expect(waiting()).toBe(2);
    await nextTurn();
    expect(begun).toEqual([1, 2]);
    await Promise.all(all);
  });

  it('begins several in a turn, however busy, while each joins what is under way', async () => {
    const { begin, wentOn, joined } = createFinishFirst();
    const begun: number[] = [];
    const joining = (name: number) => async () => {
      begun.push(name);
      await Promise.resolve();
      if (name > 1) joined();
    };

    const all = Array.from({ length: 20 }, (_, index) => begin(joining(index + 1)));
    const begunInTurns: number[] = [];
    for (const _turn of [1, 2, 3, 4]) {
      await nextTurn();
      begunInTurns.push(begun.length);
      if (begun.length > 1) wentOn();
    }
    await Promise.all(all);

    expect(begunInTurns).toEqual([1, 9, 17, 20]);
    expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('lets nobody wait for ever while things go on', async () => {
    const { begin, wentOn } = createFinishFirst();
    const { begun, work } = noted();
    let others = setImmediate(function goOn() {
      wentOn();
      others = setImmediate(goOn);
    });

    await Promise.all([begin(work(1)), begin(work(2))]);
    clearImmediate(others);

    expect(begun).toEqual([1, 2]);
  });
});
