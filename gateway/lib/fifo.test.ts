import { expect, it } from '@jest/globals';
import { createFifo } from './fifo.ts';

it('gives out in the order in which it took, through every move of what is left', () => {
  const fifo = createFifo<number>();
  const given: (number | undefined)[] = [];

  for (let n = 0; n < 1_000; n += 1) {
    fifo.push(n);
    if (n % 3 !== 0) given.push(fifo.shift());
  }

  expect(given).toEqual(Array.from({ length: 666 }, (_, n) => n));
  expect(fifo.length).toBe(334);
  expect([fifo.at(0), fifo.at(333), fifo.at(334)]).toEqual([666, 999, undefined]);
});

it('has nothing to give when it is empty, and takes again after that', () => {
  const fifo = createFifo<string>();
  fifo.push('only');
  expect([fifo.shift(), fifo.shift(), fifo.length]).toEqual(['only', undefined, 0]);

  fifo.push('again');

  expect([fifo.length, fifo.at(0), fifo.shift()]).toEqual([1, 'again', 'again']);
});
