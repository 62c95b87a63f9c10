import { describe, expect, it } from '@jest/globals';
import type { AbortNotice } from './abort-notice.ts';
import { createInFlight, type Shared } from './share-in-flight.ts';

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

const [a, b] = [
  { found: 'one', compared: 'a' },
  { found: 'one', compared: 'b' },
];

describe('createInFlight', () => {
  it('does equal work once while it is under way, and anew afterwards', async () => {
    const inFlight = createInFlight<number>();
    const work = deferred<number>();
    let begun = 0;
    const begin = () => {
      begun += 1;
      return work.promise;
    };
    const { signal } = new AbortController();

    const both = Promise.all([inFlight.share(a, signal, begin), inFlight.share(a, signal, begin)]);
    work.resolve(7);

    expect(await both).toEqual([
      { value: 7, isOwn: true },
      { value: 7, isOwn: false },
    ]);
    await inFlight.share(a, signal, begin);
    expect(begun).toBe(2);
  });

  it('lets nobody join who comes after it was closed, and tells it whether somebody had', async () => {
    const inFlight = createInFlight<number>();
    const works = [deferred<number>(), deferred<number>(), deferred<number>()];
    const closes: (() => boolean)[] = [];
    const begin = (_: AbortNotice, close: () => boolean) =>
      works[closes.push(close) - 1]?.promise ?? Promise.resolve(-1);
    const { signal } = new AbortController();
    const share = () => inFlight.share(a, signal, begin);
    const askedByAll: Promise<Shared<number>>[] = [share(), share()];

    expect(closes[0]?.()).toBe(true);
    askedByAll.push(share());
    expect(closes[1]?.()).toBe(false);
    askedByAll.push(share());
    works.forEach(({ resolve }, index) => resolve(index));

    expect(await Promise.all(askedByAll)).toEqual([
      { value: 0, isOwn: true },
      { value: 0, isOwn: false },
      { value: 1, isOwn: true },
      { value: 2, isOwn: true },
    ]);
  });

  it('tells of one who joined and stays, though who began has gone', async () => {
    const inFlight = createInFlight<number>();
    const work = deferred<number>();
    let close = (): boolean => false;
    const begin = (_: AbortNotice, closing: () => boolean) => {
      close = closing;
      return work.promise;
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [inFlight.share(a, first.signal, begin), inFlight.share(a, second.signal, begin)];

    first.abort();

    expect(close()).toBe(true);
    work.resolve(7);
    expect(await both[1]).toEqual({ value: 7, isOwn: false });
  });

  it('keeps different keys apart', async () => {
    const inFlight = createInFlight<string>();
    const { signal } = new AbortController();

    const other = { found: 'another', compared: 'a' };
    const shared = await Promise.all(
      [a, b, other].map((key) =>
        inFlight.share(key, signal, () => Promise.resolve(`${key.compared} for ${key.found}`)),
      ),
    );

    expect(shared.map(({ value }) => value)).toEqual(['a for one', 'b for one', 'a for another']);
  });

  it('lets the work go on for those who stay, and ends it when all have gone', async () => {
    const inFlight = createInFlight<number>();
    const work = deferred<number>();
    let seen: AbortNotice | undefined;
    const begin = (signal: AbortNotice) => {
      seen = signal;
      return work.promise;
    };
    const [first, second] = [new AbortController(), new AbortController()];
    const both = [inFlight.share(a, first.signal, begin), inFlight.share(a, second.signal, begin)];

    first.abort();
    expect(seen?.aborted).toBe(false);
    second.abort();
    expect(seen?.aborted).toBe(true);
    work.reject(new Error('ended'));

    await expect(both[0]).rejects.toThrow('ended');
    await expect(both[1]).rejects.toThrow('ended');
  });

  it('does not let a newcomer join work that everybody has left', async () => {
    const inFlight = createInFlight<number>();
    const left = deferred<number>();
    const gone = new AbortController();
    const abandoned = inFlight.share(a, gone.signal, () => left.promise);
    gone.abort();

    const fresh = await inFlight.share(a, new AbortController().signal, () => Promise.resolve(2));
    left.resolve(1);

    expect(fresh).toEqual({ value: 2, isOwn: true });
    expect((await abandoned).value).toBe(1);
  });

  it('tells all of a failure, and forgets it', async () => {
    const inFlight = createInFlight<number>();
    const { signal } = new AbortController();
    const failing = () => Promise.reject(new Error('down'));

    const both = await Promise.allSettled([inFlight.share(a, signal, failing), inFlight.share(a, signal, failing)]);

    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await inFlight.share(a, signal, () => Promise.resolve(1))).value).toBe(1);
  });
});
