import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createFinishFirst, type FinishFirst } from './finish-first.ts';

/** Work that notes that it has begun. */
function noted(): { begun: number[]; work: (name: number) => () => Promise<number> } {
  const begun: number[] = [];
  const work = (name: number) => async () => {
    begun.push(name);
    return name;
  };
  return { begun, work };
}

/** A clock that stands still until it is moved. */
function startOrder() {
  let nowMs = 0;
  const order = createFinishFirst(() => nowMs);
  return { ...order, takeTime: (ms: number): void => void (nowMs += ms) };
}

/** How many of sixteen pieces of work that come together begin in the turn that follows, or `after` so many others. */
async function begunTogether(begin: FinishFirst['begin'], work: () => Promise<unknown>, after = 0): Promise<number> {
  let begun = 0;
  const counted = (): Promise<unknown> => {
    begun += 1;
    return work();
  };
  const all = numbersTo(16).map(() => begin(counted));
  for (let turn = 0; turn <= after; turn += 1) await nextTurn();
  const together = begun;
  await Promise.all(all);
  return together;
}

const numbersTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('createFinishFirst', () => {
  it('begins in the order of coming, and gives what comes of it', async () => {
    const { begin } = startOrder();
    const { begun, work } = noted();

    expect(await Promise.all([begin(work(1)), begin(work(2)), begin(work(3))])).toEqual([1, 2, 3]);
    expect(begun).toEqual([1, 2, 3]);
    await expect(begin(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });

  it('begins sixteen in each turn, and none in a turn in which something went on', async () => {
    const { begin, wentOn, waiting } = startOrder();
    const { begun, work } = noted();

    const all = numbersTo(20).map((name) => begin(work(name)));
    await nextTurn();
    expect(begun).toEqual(numbersTo(16));
    for (let busyTurn = 0; busyTurn < 5; busyTurn += 1) {
      wentOn(1);
      await nextTurn();
      expect(begun).toHaveLength(16);
    }
    expect(waiting()).toBe(4);
    await nextTurn();
    expect(begun).toEqual(numbersTo(20));
    await Promise.all(all);
  });

  it('begins fewer in a turn where each takes long, and more again where it does not', async () => {
    const { begin, takeTime } = startOrder();
    const most = async (ms: number): Promise<number> => {
      const slow = async (): Promise<void> => {
        await Promise.resolve();
        takeTime(ms);
      };
      for (let times = 0; times < 20; times += 1) await begin(slow);
      return begunTogether(begin, slow);
    };

    expect([await most(3), await most(0.3), await most(0.01)]).toEqual([1, 6, 16]);
  });

  it('begins fewer in a turn where each brings much, and more again where it does not', async () => {
    const { begin, wentOn } = startOrder();
    const nothing = (): Promise<void> => Promise.resolve();
    const most = async (bytes: number): Promise<number> => {
      for (let times = 0; times < 200; times += 1) {
        await begin(nothing);
        wentOn(bytes);
        await nextTurn();
      }
      // Something has gone on in the first turn.
      return begunTogether(begin, nothing, 1);
    };

    expect([await most(2_000_000), await most(150_000), await most(100)]).toEqual([1, 6, 16]);
  });

  it('lets nobody wait for ever while things go on', async () => {
    const { begin, wentOn } = startOrder();
    const { begun, work } = noted();
    let others = setImmediate(function goOn() {
      wentOn(1);
      others = setImmediate(goOn);
    });

    await Promise.all([begin(work(1)), begin(work(2))]);
    clearImmediate(others);

    expect(begun).toEqual([1, 2]);
  });
});
