import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { giveWay } from './give-way.ts';
import { createTurnLimit } from './turn-limit.ts';

const MOST_MS = 5;

/** Begins as many pieces of work at once, each of which takes so long; gives which were done by the end of each turn. */
async function doneInTurns(pieces: number, ms: number): Promise<number[]> {
  let nowMs = 0;
  const limit = createTurnLimit(() => nowMs, MOST_MS);
  let done = 0;
  const all = Array.from({ length: pieces }, async () => {
    while (limit.isSpent()) await giveWay();
    limit.measured(() => (nowMs += ms));
    done += 1;
  });
  const doneBy = [done];
  while (done < pieces) {
    await nextTurn();
    doneBy.push(done);
  }
  await Promise.all(all);
  return doneBy;
}

it('lets no more begin in a turn that has taken its time', async () => {
  expect(await doneInTurns(5, 2)).toEqual([3, 5]);
  expect(await doneInTurns(3, 20)).toEqual([1, 2, 3]);
  expect(await doneInTurns(40, 0.1)).toEqual([40]);
});

it('gives what comes of work, and counts what fails', () => {
  let nowMs = 0;
  const limit = createTurnLimit(() => nowMs, MOST_MS);

  expect(limit.measured(() => 'done')).toBe('done');
  expect(limit.isSpent()).toBe(false);
  expect(() =>
    limit.measured(() => {
      nowMs += MOST_MS;
      throw new Error('no plan');
    }),
  ).toThrow('no plan');
  expect(limit.isSpent()).toBe(true);
});
