import { describe, expect, it } from '@jest/globals';
import { createTurns } from './create-turns.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createTurns', () => {
  it('begins what may begin at once, and the rest in order, so many in each turn', async () => {
    const inTurn = createTurns(2);
    const begun: number[] = [];
    const seen: number[] = [];

    const all = Array.from({ length: 5 }, (_, index) =>
      inTurn(() => {
        begun.push(index);
        return Promise.resolve(index);
      }),
    );
    for (let count = 0; count < 4; count += 1) {
      seen.push(begun.length);
      await turn();
    }

    expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4]);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect(seen).toEqual([2, 4, 5, 5]);
  });

  it('begins at once again when it has come to rest, and tells of what fails', async () => {
    const inTurn = createTurns(1);
    const failing = [1, 2].map((index) => inTurn(() => Promise.reject(new Error(`no ${index}`))));
    await expect(failing[0]).rejects.toThrow('no 1');
    await expect(failing[1]).rejects.toThrow('no 2');
    for (let count = 0; count < 3; count += 1) await turn();
    let isBegun = false;

    const later = inTurn(() => {
      isBegun = true;
      return Promise.resolve();
    });

    expect(isBegun).toBe(true);
    await later;
  });
});
