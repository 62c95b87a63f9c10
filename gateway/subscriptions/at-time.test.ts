import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { atTime } from './at-time.ts';

const DAY_MS = 86_400_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it.each([
  ['in a second', 1_000],
  ['in sixty days, which is longer than a timer can wait', 60 * DAY_MS],
])('calls back once, %s, and not before', (_case, waitMs) => {
  const calls: number[] = [];
  const timeMs = Date.now() + waitMs;
  atTime(timeMs, Date.now, () => void calls.push(Date.now()));

  jest.advanceTimersByTime(waitMs - 1);
  expect(calls).toEqual([]);
  jest.advanceTimersByTime(DAY_MS);

  expect(calls).toEqual([timeMs]);
});

it('calls back at once for a time that has passed', () => {
  let calls = 0;

  atTime(Date.now() - 1, Date.now, () => void (calls += 1));

  expect(calls).toBe(1);
});

it('does not call back after it was called off', () => {
  let calls = 0;
  const callOff = atTime(Date.now() + 60 * DAY_MS, Date.now, () => void (calls += 1));
  jest.advanceTimersByTime(30 * DAY_MS);

  callOff();
  jest.advanceTimersByTime(60 * DAY_MS);

  expect(calls).toBe(0);
});
