import { expect, it } from '@jest/globals';
import { createReplaceable } from './replaceable.ts';

function engines() {
  const closed: string[] = [];
  const failures: unknown[] = [];
  const held = createReplaceable({
    first: 'one',
    close: async (value) => {
      closed.push(value);
      if (value === 'unwilling') throw new Error('it does not let go');
    },
    onCloseFailed: (cause) => void failures.push(cause),
  });
  return { held, closed, failures };
}

function work() {
  let finish: (value: string) => void = () => undefined;
  const done = new Promise<string>((resolve) => (finish = resolve));
  return { done, finish };
}

it('closes what was replaced when the last work with it is done, and new work begins with the new one', async () => {
  const { held, closed } = engines();
  const [first, second] = [work(), work()];
  const before = [held.use(() => first.done), held.use((value) => second.done.then((said) => `${value} ${said}`))];

  held.replace('two');
  first.finish('said');
  await before[0];
  const inForce = await held.use(async (value) => value);

  expect(inForce).toBe('two');
  expect(closed).toEqual([]);
  second.finish('ended');
  expect(await before[1]).toBe('one ended');
  expect(closed).toEqual(['one']);
});

it('closes at once what nobody uses, and what is in force when work with it fails: never', async () => {
  const { held, closed } = engines();

  held.replace('two');
  await expect(held.use(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');

  expect(closed).toEqual(['one']);
  expect(held.current()).toBe('two');
});

it('tells of what cannot be closed', async () => {
  const { held, failures } = engines();

  held.replace('unwilling');
  held.replace('three');
  await held.close();

  expect(failures).toEqual([new Error('it does not let go')]);
});

it('closes everything when it is closed itself, each once, whoever still works', async () => {
  const { held, closed } = engines();
  const { done, finish } = work();
  const working = held.use(() => done);
  held.replace('two');

  await held.close();
  finish('late');
  await working;

  expect(closed.toSorted()).toEqual(['one', 'two']);
});
