import { expect, it } from '@jest/globals';
import type { OperationResult } from '../context.ts';
import { AnswerQueue, type Backlog } from './answer-queue.ts';

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
  await queue.return();
  expect(calls.filter((call) => call !== 'taken')).toEqual(['overflow', 'end']);
});

it('ends once, wakes who waits for an answer, and gives out nothing that comes later', async () => {
  const { queue, calls } = queueOf(10);
  const waiting = queue.next();

  await queue.return();
  await queue.return();
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

  await queue.return();
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
  expect(calls).toEqual(['taken', 'end']);
});

it('throws the error that it ends with at once to a client that waits', async () => {
  const { queue } = queueOf(10);
  const waiting = queue.next();

  queue.fail(new Error('no longer valid'));

  await expect(waiting).rejects.toThrow('no longer valid');
});

it('passes over what a later answer tells anew when there is no more room, and tells how many it passed over', async () => {
  const { queue, calls } = queueOf(4);
  const state = (of: string, n: number): void => queue.push(answer(n), of);
  state('a', 1);
  state('b', 2);
  queue.push(answer(3));
  state('a', 4);
  expect(calls).toEqual([]);

  state('a', 5);
  state('b', 6);
  state('c', 7);

  expect(calls).toEqual(['skipped 2', 'skipped 1']);
  expect((await queue.next()).value).toEqual({ data: { n: 3 }, extensions: { skipped: 3 } });
  expect((await queue.next()).value).toEqual({ data: { n: 5 } });
  expect((await queue.next()).value).toEqual({ data: { n: 6 } });
  expect((await queue.next()).value).toEqual({ data: { n: 7 } });
  expect(queue.waiting).toBe(0);
});

it('overflows when different states leave no more room', () => {
  const { queue, calls } = queueOf(2);

  for (const state of ['a', 'b', 'c']) queue.push(answer(1), state);

  expect(calls).toEqual(['overflow']);
  expect(queue.waiting).toBe(2);
});

it('shares the room with the other queues of its client, and gives it back when it ends', async () => {
  const backlog: Backlog = { limit: 3, waiting: 0 };
  const [one, other] = [queueOf(3, backlog), queueOf(3, backlog)];
  for (let n = 1; n <= 3; n += 1) one.queue.push(answer(n));

  await one.queue.return();
  for (let n = 1; n <= 3; n += 1) other.queue.push(answer(n));
  expect(other.calls).toEqual([]);
  other.queue.push(answer(4));

  expect(other.calls).toEqual(['overflow']);
  expect(backlog.waiting).toBe(3);
});

it('tells of each answer that it is taken before it waits for it, so that the next one can be fetched meanwhile', async () => {
  const { queue, calls } = queueOf(10);
  queue.push(new Promise(() => undefined));

  void queue.next();
  await Promise.resolve();

  expect(calls).toEqual(['taken']);
});

function queueOf(limit: number, backlog: Backlog = { limit, waiting: 0 }) {
  const calls: string[] = [];
  const queue = new AnswerQueue({
    backlog,
    onOverflow: () => void calls.push('overflow'),
    onSkipped: (count) => void calls.push(`skipped ${count}`),
    onTaken: () => void calls.push('taken'),
    onEnd: () => void calls.push('end'),
  });
  return { queue, calls };
}
