import { describe, expect, it } from '@jest/globals';
import { createStopStack } from './stop-stack.ts';

function recorder() {
  const log: string[] = [];
  const thing = (name: string, stop = () => Promise.resolve()) => ({
    name,
    stop: async () => {
      log.push(`${name} stopping`);
      await stop();
      log.push(`${name} stopped`);
    },
    kill: () => void log.push(`${name} killed`),
  });
  return { log, thing };
}

describe('createStopStack', () => {
  it('stops the last first, and what was added together side by side', async () => {
    const { log, thing } = recorder();
    const stack = createStopStack();
    stack.push(thing('database'));
    stack.push(thing('users'), thing('doctors'));

    expect(await stack.stopAll()).toEqual([]);

    expect(log).toEqual([
      'users stopping',
      'doctors stopping',
      'users stopped',
      'doctors stopped',
      'database stopping',
      'database stopped',
    ]);
  });

  it('goes on when something cannot be stopped, and says so', async () => {
    const { log, thing } = recorder();
    const stack = createStopStack();
    stack.push(thing('database'));
    stack.push(thing('users', () => Promise.reject(new Error('stuck'))));

    expect(await stack.stopAll()).toEqual(['users: Error: stuck']);
    expect(log).toContain('database stopped');
  });

  it('stops once, however often it is asked', async () => {
    const { log, thing } = recorder();
    const stack = createStopStack();
    stack.push(thing('users'));

    await Promise.all([stack.stopAll(), stack.stopAll()]);

    expect(log).toEqual(['users stopping', 'users stopped']);
  });
});
