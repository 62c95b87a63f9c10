import { describe, expect, it } from '@jest/globals';
import { createWaitingLine } from './waiting-line.ts';

const OPTIONS = { maxWaiting: 2, patienceMs: 10_000, onBusy: () => undefined, onIdle: () => undefined };

/** Work that ends when it is told to. */
function work(name: string, begun: string[]) {
  let end: (outcome: string | Promise<string>) => void = () => undefined;
  const outcome = new Promise<string>((resolve) => (end = resolve));
  const run = (): Promise<string> => {
    begun.push(name);
    return outcome;
  };
  return { run, end: (as: string | Promise<string> = name) => end(as) };
}

describe('createWaitingLine', () => {
  it('begins with the next when the one before is done, however it ended', async () => {
    const begun: string[] = [];
    const [a, b] = [work('a', begun), work('b', begun)];
    const line = createWaitingLine(OPTIONS);

    const [first, second] = [line.wait(a.run), line.wait(b.run)];
    expect(begun).toEqual(['a']);
    a.end(Promise.reject(new Error('no plan')));

    await expect(first).rejects.toThrow('no plan');
    b.end();
    expect(await second).toBe('b');
    expect(begun).toEqual(['a', 'b']);
  });

  it('lets so many wait and no more, but for whom must', async () => {
    const begun: string[] = [];
    const all = ['a', 'b', 'c', 'd'].map((name) => work(name, begun));
    const [a, b, c, d] = all;
    const line = createWaitingLine(OPTIONS);
    const waiting = [a, b, c].map((one) => line.waitImpatiently(one?.run ?? neverBegun));

    await expect(line.waitImpatiently(neverBegun)).rejects.toMatchObject({ kind: 'busy' });
    const patient = line.wait(d?.run ?? neverBegun);
    all.forEach(({ end }) => end());

    expect(await Promise.all([...waiting, patient])).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets the impatient wait no longer than they can', async () => {
    const begun: string[] = [];
    const a = work('a', begun);
    const line = createWaitingLine({ ...OPTIONS, patienceMs: 1 });
    const first = line.wait(a.run);

    await expect(line.waitImpatiently(neverBegun)).rejects.toMatchObject({ kind: 'busy' });
    a.end();

    expect(await first).toBe('a');
  });

  it('tells when there is something to do, and when there is nothing any more', async () => {
    const told: string[] = [];
    const note = (what: string) => () => void told.push(what);
    const line = createWaitingLine({ ...OPTIONS, onBusy: note('busy'), onIdle: note('idle') });

    await Promise.all([line.wait(async () => note('a')()), line.wait(async () => note('b')())]);
    await Promise.resolve();

    expect(told).toEqual(['busy', 'a', 'b', 'idle']);
  });
});

async function neverBegun(): Promise<string> {
  throw new Error('it was not its turn');
}
