import { describe, expect, it } from '@jest/globals';
import { keepPlannerRunning } from './keep-planner-running.ts';
import type { PlannerProcess } from './start-planner-process.ts';

/** Processes that end when they are told to. */
function keep(isKeptReady: boolean) {
  const started: { readonly end: () => void; isEnded: boolean }[] = [];
  let ended = 0;
  const startProcess = (): PlannerProcess => {
    let resolve: () => void = () => undefined;
    const isOver = new Promise<void>((settle) => (resolve = settle));
    const one = {
      isEnded: false,
      end: () => {
        one.isEnded = true;
        resolve();
      },
    };
    started.push(one);
    return { knows: new Set(), ask: async () => ({ kind: 'done' }), end: async () => one.end(), ended: isOver };
  };
  const running = keepPlannerRunning({ startProcess, isKeptReady, onEnded: () => void (ended += 1) });
  return { started, timesEnded: () => ended, running };
}

const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('keepPlannerRunning', () => {
  it('starts one process, however many need it', async () => {
    const { started, running } = keep(false);

    expect(running.get()).toBe(running.get());
    expect(started).toHaveLength(1);
    await running.close();
  });

  it('replaces a process that ended before anyone needs it, and tells of it', async () => {
    const { started, timesEnded, running } = keep(true);
    running.get();

    started[0]?.end();
    while (started.length === 1) await nextTurn();

    expect(started).toHaveLength(2);
    expect(timesEnded()).toBe(1);
    await running.close();
  });

  it('waits longer and longer where processes end again and again, and tells at once that there is none', async () => {
    const { started, running } = keep(false);
    for (const index of [0, 1]) {
      running.get();
      started[index]?.end();
      await nextTurn();
    }

    expect(() => running.get()).toThrow('ended several times');
    expect(started).toHaveLength(2);
    await running.close();
  });

  it('forgives what happened before a process did its work', async () => {
    const { started, running } = keep(false);
    for (const index of [0, 1, 2, 3]) {
      running.get();
      running.praise();
      started[index]?.end();
      await nextTurn();
    }

    running.get();

    expect(started).toHaveLength(5);
    await running.close();
  });

  it('starts again after a rest, and never after it was closed', async () => {
    const { started, timesEnded, running } = keep(true);
    running.get();
    await running.rest();
    running.get();
    await running.close();

    expect(() => running.get()).toThrow('it was closed');
    await nextTurn();
    expect(started.map(({ isEnded }) => isEnded)).toEqual([true, true]);
    expect(timesEnded()).toBe(0);
  });
});
