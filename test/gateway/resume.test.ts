import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { lastEventId, RawSocket } from './support/raw-socket.ts';
import type { TestGateway } from './support/start-gateway.ts';
import { createVisitWorld, type VisitWorld } from './support/visit-world.ts';

const ALL = 'subscription { changed { id status } }';
const CURSOR = /^[0-9a-z]+\.[\w-]{8}$/;

let world: VisitWorld;
let one: TestGateway;
let other: TestGateway;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  world = await createVisitWorld();
  [one, other] = [await world.startGateway(), await world.startGateway()];
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.cut();
});

afterAll(async () => {
  await Promise.all([one.stop(), other.stop()]);
  await world.stop();
});

describe('a client that comes back', () => {
  it('gets what it missed, once and in order, before what happens from then on, on any gateway', async () => {
    const ada = await connect('ada', one);
    await ada.subscribe('s', ALL);
    await happen('seen', ['ada']);
    const last = lastEventId(await ada.until('s', 1));
    ada.cut();
    for (let n = 0; n < 40; n += 1) await happen(`missed-${n}`, n % 2 === 0 ? ['ada'] : ['eve']);

    const back = await connect('ada', other);
    const taken = back.subscribe('s', ALL, { lastEventId: last });
    for (let n = 0; n < 20; n += 1) await happen(`live-${n}`, ['ada']);
    await taken;

    const received = await back.until('s', 40);
    expect(back.statuses('s')).toEqual([
      ...Array.from({ length: 20 }, (_, n) => `missed-${2 * n}`),
      ...Array.from({ length: 20 }, (_, n) => `live-${n}`),
    ]);
    expect(last).toMatch(CURSOR);
    expect(new Set(received.map(({ extensions }) => extensions?.eventId)).size).toBe(40);
  });

  it('before its first event goes on from where it was acknowledged', async () => {
    const ada = await connect('ada', one);
    const { payload } = await ada.acknowledged();
    await ada.subscribe('s', ALL);
    ada.cut();
    await happen('missed', ['ada']);

    const back = await connect('ada', other);
    await back.subscribe('s', ALL, { lastEventId: (payload as { eventId: string }).eventId });

    await back.until('s', 1);
    expect(back.statuses('s')).toEqual(['missed']);
  });

  it('is shown of each missed event what it may see now', async () => {
    const ada = await connect('ada', one);
    await ada.subscribe('s', ALL);
    await happen('seen', ['ada']);
    const last = lastEventId(await ada.until('s', 1));
    ada.cut();
    const hidden = await happen('hidden-since', ['ada']);
    await happen('shown', ['ada']);
    world.subgraphs.changes.get(hidden)?.visibleTo.delete('ada');

    const back = await connect('ada', other);
    await back.subscribe('s', ALL, { lastEventId: last });

    await back.until('s', 1);
    expect(back.statuses('s')).toEqual(['shown']);
    expect(world.askedFor(hidden)).toBe(1);
  });

  it('with the last event of somebody else gets its own', async () => {
    const [ada, eve] = [await connect('ada', one), await connect('eve', one)];
    await Promise.all([ada.subscribe('s', ALL), eve.subscribe('s', ALL)]);
    await happen('both', ['ada', 'eve']);
    const last = lastEventId(await ada.until('s', 1));
    await happen('of-ada', ['ada']);
    await happen('of-eve', ['eve']);
    await Promise.all([ada.until('s', 2), eve.until('s', 2)]);

    const back = await connect('eve', other);
    await back.subscribe('s', ALL, { lastEventId: last });

    await back.until('s', 1);
    expect(back.statuses('s')).toEqual(['of-eve']);
  });

  it('may name its last event with the connection; a subscription that names its own goes by that', async () => {
    const ada = await connect('ada', one);
    await ada.subscribe('s', ALL);
    for (const status of ['first', 'second', 'third']) await happen(status, ['ada']);
    const [first, second] = await ada.until('s', 3);
    const token = await world.tokenFor('ada');

    const back = new RawSocket(other.url, { token, lastEventId: first?.extensions?.eventId ?? '' });
    sockets.push(back);
    await back.subscribe('of-connection', ALL);
    await back.subscribe('own', ALL, { lastEventId: second?.extensions?.eventId });

    await Promise.all([back.until('of-connection', 2), back.until('own', 1)]);
    expect(back.statuses('of-connection')).toEqual(['second', 'third']);
    expect(back.statuses('own')).toEqual(['third']);
  });

  it('to one subject gets what it missed of that alone', async () => {
    const query = 'subscription { changed(visitId: "v1") { id status } }';
    const ada = await connect('ada', one);
    const { payload } = await ada.acknowledged();
    await happen('other', ['ada'], 'v2');
    await happen('own', ['ada']);

    await ada.subscribe('s', query, { lastEventId: (payload as { eventId: string }).eventId });

    await ada.until('s', 1);
    expect(ada.statuses('s')).toEqual(['own']);
  });

  it('gets more than may wait for it as fast as it takes it', async () => {
    const narrow = await world.startGateway({ SOCKET_MAX_WAITING_ANSWERS: '4' });
    const ada = await connect('ada', narrow);
    const { payload } = await ada.acknowledged();
    for (let n = 0; n < 60; n += 1) await happen(`missed-${n}`, ['ada']);

    await ada.subscribe('s', ALL, { lastEventId: (payload as { eventId: string }).eventId });

    await ada.until('s', 60);
    expect(ada.statuses('s')).toEqual(Array.from({ length: 60 }, (_, n) => `missed-${n}`));
    ada.cut();
    await narrow.stop();
  });

  it('finds on a gateway that has just started what happened before the start', async () => {
    const ada = await connect('ada', one);
    await ada.subscribe('s', ALL);
    await happen('seen', ['ada']);
    const last = lastEventId(await ada.until('s', 1));
    ada.cut();
    for (const status of ['missed-1', 'missed-2']) await happen(status, ['ada']);
    const fresh = await world.startGateway();

    const [back, begun] = [await connect('ada', fresh), await connect('ada', fresh)];
    await Promise.all([back.subscribe('s', ALL, { lastEventId: last }), begun.subscribe('s', ALL)]);
    await happen('live', ['ada']);

    await Promise.all([back.until('s', 3), begun.until('s', 1)]);
    expect(back.statuses('s')).toEqual(['missed-1', 'missed-2', 'live']);
    expect(begun.statuses('s')).toEqual(['live']);
    for (const socket of [back, begun]) socket.cut();
    await fresh.stop();
  });
});

describe('a client whose last event is not kept any more', () => {
  it.each([
    ['that nobody wrote', 'nonsense'],
    ['of another log', '1.AAAAAAAA'],
    ['of a log that is further on', 'zzzzzz.AAAAAAAA'],
  ])('or is one %s is told of the gap first, and goes on from there', async (_case, unknown) => {
    const ada = await connect('ada', one);
    await ada.subscribe('early', ALL);
    await happen('before', ['ada']);
    await ada.until('early', 1); // the gateway knows of it

    await ada.subscribe('s', ALL, { lastEventId: unknown });
    await happen('after', ['ada']);

    const [notice] = await ada.until('s', 2);
    expect(notice).toEqual({
      data: null,
      extensions: { resume: 'RESUME_GAP', eventId: expect.stringMatching(CURSOR) as unknown },
    });
    expect(ada.statuses('s')).toEqual(['after']);
    ada.cut();
    await happen('missed', ['ada']);
    const back = await connect('ada', one);
    await back.subscribe('s', ALL, { lastEventId: notice?.extensions?.eventId });
    await back.until('s', 2);
    expect(back.statuses('s')).toEqual(['after', 'missed']);
  });

  it('is told of the gap when more has happened than is kept', async () => {
    const forgetful = await world.startGateway({ RESUME_MAX_EVENTS: '3' });
    const ada = await connect('ada', forgetful);
    await ada.subscribe('s', ALL);
    await happen('seen', ['ada']);
    const last = lastEventId(await ada.until('s', 1));
    for (let n = 0; n < 3; n += 1) await happen(`more-${n}`, ['ada']);
    await ada.until('s', 4);
    const [near, far] = [await connect('ada', forgetful), await connect('ada', forgetful)];

    await near.subscribe('s', ALL, { lastEventId: ada.received('s')[1]?.extensions?.eventId });
    await far.subscribe('s', ALL, { lastEventId: last });

    await Promise.all([near.until('s', 2), far.until('s', 1)]);
    expect(near.statuses('s')).toEqual(['more-1', 'more-2']);
    expect(far.received('s')[0]?.extensions?.resume).toBe('RESUME_GAP');
    expect(await metricsOf(forgetful)).toMatch(/resumes_total\{outcome="gap"\} 1\n/);
    expect(await metricsOf(forgetful)).toMatch(/resumes_total\{outcome="resumed"\} 1\n/);
    expect(await metricsOf(forgetful)).toMatch(/kept_events 3\n/);
    for (const socket of [ada, near, far]) socket.cut();
    await forgetful.stop();
  });

  it('is refused when that is no text at all', async () => {
    const ada = await connect('ada', one);
    await ada.subscribe('s', ALL, { lastEventId: 7 });

    const { payload } = await ada.message('error', 's');

    expect(payload).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

async function connect(subject: string, gateway: TestGateway): Promise<RawSocket> {
  const socket = new RawSocket(gateway.url, { token: await world.tokenFor(subject) });
  sockets.push(socket);
  return socket;
}

const happen = (status: string, audience: string[], visit = 'v1') => world.happen({ status, visit }, audience);

async function metricsOf(gateway: TestGateway): Promise<string> {
  return (await fetch(`${gateway.url}/metrics`)).text();
}
