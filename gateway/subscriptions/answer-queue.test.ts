import { expect, it } from '@jest/globals';
import type { OperationResult } from '../context.ts';
import { createAnswerQueue } from './answer-queue.ts';

const answer = (n: number): Promise<OperationResult> => Promise.resolve({ data: { n } });

it('gives out answers in the order of the pushes, and passes over those that show nothing', async () => {
  const { queue } = queueOf(10);
  let release: (result: OperationResult) => void = () => undefined;
  queue.push(new Promise((resolve) => (release = resolve)));
  queue.push(Promise.resolve(undefined));
  queue.push(answer(2));

  const first = queue.next();
  release({ data: { n: 1 } });

  expect(await first).toEqual({ done: false, value: { data: { n: 1 } } });
  expect(await queue.next()).toEqual({ done: false, value: { data: { n: 2 } } });
});

it('says once that it overflows, takes nothing more, and still gives out what it has', async () => {
  const { queue, calls } = queueOf(2);

  for (let n = 1; n <= 5; n += 1) queue.push(answer(n));

  expect(calls).toEqual(['overflow']);
  expect((await queue.next()).value).toEqual({ data: { n: 1 } });
  queue.push(answer(6));
  expect((await queue.next()).value).toEqual({ data: { n: 2 } });
  await queue.return(undefined);
  expect(calls).toEqual(['overflow', 'end']);
});

it('ends once, wakes who waits for an answer, and gives out nothing that comes later', async () => {
  const { queue, calls } = queueOf(10);
  const waiting = queue.next();

  await queue.return(undefined);
  await queue.return(undefined);
  queue.push(answer(1));

  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await queue.next()).toEqual({ done: true, value: undefined });
  expect(calls).toEqual(['end']);
});

it('does not give out an answer that was still awaited when it ended', async () => {
  const { queue } = queueOf(10);
  let release: (result: OperationResult) => void = () => undefined;
  queue.push(new Promise((resolve) => (release = resolve)));
  const waiting = queue.next();

  await queue.return(undefined);
  release({ data: { n: 1 } });

  expect(await waiting).toEqual({ done: true, value: undefined });
});

it('gives out what waits before it throws the error that it ends with, and takes nothing more', async () => {
  const { queue, calls } = queueOf(10);
  queue.push(Promise.resolve({ data: { n: 1 } }));

  queue.fail(new Error('no longer valid'));
  queue.push(Promise.resolve({ data: { n: 2 } }));

  expect(await queue.next()).toEqual({ done: false, value: { data: { n: 1 } } });
  await expect(queue.next()).rejects.toThrow('no longer valid');
  expect(await queue.next()).toEqual({ done: true, value: undefined });
  expect(calls).toEqual(['end']);
});

it('throws the error that it ends with at once to a client that waits', async () => {
  const { queue } = queueOf(10);
  const waiting = queue.next();

  queue.fail(new Error('no longer valid'));

  await expect(waiting).rejects.toThrow('no longer valid');
});

function queueOf(limit: number) {
  const calls: string[] = [];
  const queue = createAnswerQueue({
    limit,
    onOverflow: () => void calls.push('overflow'),
    onEnd: () => void calls.push('end'),
  });
  return { queue, calls };
}
