import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RawSocket } from './support/raw-socket.ts';
import type { TestGateway } from './support/start-gateway.ts';
import { eventually } from './support/supergraph-file.ts';
import { createVisitWorld, type VisitWorld } from './support/visit-world.ts';

const ALL = 'subscription { changed { id status } }';

let world: VisitWorld;
let gateway: TestGateway;
let other: TestGateway;
const sockets: RawSocket[] = [];

beforeAll(async () => {
  world = await createVisitWorld();
  [gateway, other] = [await world.startGateway(), await world.startGateway()];
});

beforeEach(() => world.subgraphs.consents.clear());

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.cut();
});

afterAll(async () => {
  await Promise.all([gateway.stop(), other.stop()]);
  await world.stop();
});

describe('what an event shows', () => {
  it('is what the consents are at that moment, for subscriptions that were there before', async () => {
    world.subgraphs.consents.add('doc');
    const doc = connect(await world.tokenFor('doc'));
    await doc.subscribe('s', 'subscription { changed { status record } }');
    await world.happen({ status: 'with' }, ['doc']);
    await doc.until('s', 1);

    world.subgraphs.consents.delete('doc');
    await world.happen({ status: 'without' }, ['doc']);

    const received = await doc.until('s', 2);
    expect(received.map(({ data }) => data?.['changed'])).toEqual([
      { status: 'with', record: expect.stringContaining('record of') as unknown },
      { status: 'without', record: null },
    ]);
  });

  it('ends with a role that is taken away, when the token without it comes', async () => {
    const staff = connect(await world.tokenFor('doc', { roles: ['DOCTOR'] }));
    await staff.subscribe('note', 'subscription { changed { status staffNote } }');
    await staff.subscribe('plain', ALL);
    await world.happen({ status: 'as-doctor' }, ['doc']);
    await Promise.all([staff.until('note', 1), staff.until('plain', 1)]);

    await refresh(staff, await world.tokenFor('doc', { roles: ['PATIENT'] }));
    const { payload } = await staff.message('error', 'note');
    await world.happen({ status: 'as-patient' }, ['doc']);
    await staff.until('plain', 2);

    expect(payload).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(staff.received('note')).toHaveLength(1);
    expect(staff.statuses('plain')).toEqual(['as-doctor', 'as-patient']);
  });

  it('is not shared between a caller before and after the change of roles', async () => {
    const [before, after] = [await world.tokenFor('doc', { roles: ['DOCTOR'] }), await world.tokenFor('doc')];
    const [kept, changed] = [connect(before), connect(before)];
    await Promise.all([kept.subscribe('s', ALL), changed.subscribe('s', ALL)]);
    await refresh(changed, after);

    const id = await world.happen({ status: 'asked twice' }, ['doc']);

    await Promise.all([kept.until('s', 1), changed.until('s', 1)]);
    expect(world.askedFor(id)).toBe(2);
  });
});

describe('a new access token in a ping', () => {
  it('keeps the socket open beyond the end of the old one', async () => {
    const exp = Math.floor(Date.now() / 1000) + 2;
    const ada = connect(await world.tokenFor('ada', { exp }));
    const bystander = connect(await world.tokenFor('ada', { exp }));
    await ada.subscribe('s', ALL);
    await bystander.acknowledged();

    const answer = await refresh(ada, await world.tokenFor('ada', { exp: exp + 600 }));

    expect(answer).toEqual({ expiresAt: new Date((exp + 600) * 1000).toISOString() });
    expect((await bystander.closed)[0]).toBe(4403);
    await world.happen({ status: 'later' }, ['ada']);
    await ada.until('s', 1);
    expect(ada.socket.readyState).toBe(ada.socket.OPEN);
  });

  it('that does not hold is told of, and changes nothing', async () => {
    const ada = connect(await world.tokenFor('ada'));
    await ada.subscribe('s', ALL);

    const expired = await refresh(ada, await world.tokenFor('ada', { exp: Math.floor(Date.now() / 1000) - 60 }));
    const senseless = await refresh(ada, 'none');
    await world.happen({ status: 'still' }, ['ada']);

    expect(expired).toMatchObject({ error: { code: 'TOKEN_EXPIRED' } });
    expect(senseless).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
    await ada.until('s', 1);
  });

  it('of somebody else closes the socket', async () => {
    const ada = connect(await world.tokenFor('ada'));
    await ada.subscribe('s', ALL);

    ada.send({ type: 'ping', payload: { accessToken: await world.tokenFor('eve') } });

    expect(await ada.closed).toEqual([4403, 'A socket stays with whom it was opened for: open another one']);
    const id = await world.happen({ status: 'of eve' }, ['eve']);
    const eve = connect(await world.tokenFor('eve'));
    await eve.ask();
    expect(world.askedFor(id)).toBe(0);
  });

  it('is for who has connected, and a ping without one is answered with what it says', async () => {
    const ada = connect(await world.tokenFor('ada'));
    await ada.acknowledged();

    ada.send({ type: 'ping', payload: { n: 1 } });
    await eventually(() => ada.messages.some(({ type }) => type === 'pong'));

    expect((await ada.message('pong')).payload).toEqual({ n: 1 });
    expect(JSON.stringify(await refresh(ada, await world.tokenFor('ada')))).not.toContain('ey');
  });
});

describe('a session that ends', () => {
  it('closes its sockets on every gateway within two seconds, and no others of the same person', async () => {
    const [phone, laptop] = [
      await world.tokenFor('ada', { sid: 'phone' }),
      await world.tokenFor('ada', { sid: 'laptop' }),
    ];
    const [here, there, spared] = [connect(phone), connect(phone, other), connect(laptop)];
    await Promise.all([here, there, spared].map((socket) => socket.subscribe('s', ALL)));
    const since = Date.now();

    await world.publish({ type: 'session.ended', subject: 'phone', audience: ['ada'] });

    const closes = await Promise.all([here.closed, there.closed]);
    expect(Date.now() - since).toBeLessThan(2_000);
    expect(closes).toEqual([
      [4403, 'Your session has ended: sign in again'],
      [4403, 'Your session has ended: sign in again'],
    ]);
    await world.happen({ status: 'spared' }, ['ada']);
    await spared.until('s', 1);
    expect(here.received('s')).toEqual([]);
  });

  it('ends what is left of its access tokens, over HTTP too, and on a gateway that started later', async () => {
    const token = await world.tokenFor('ada', { sid: 'gone' });
    const ask = (at: TestGateway) => at.post({ query: 'mutation { touch }' }, { authorization: `Bearer ${token}` });
    expect((await ask(gateway)).body.data).toEqual({ touch: 'ada' });
    const watching = connect(token);
    await watching.acknowledged();

    await world.publish({ type: 'session.ended', subject: 'gone', audience: ['ada'] });
    await watching.closed;
    const late = await world.startGateway();
    const back = connect(token, late);
    const settled = connect(await world.tokenFor('ada'), late);
    await settled.acknowledged();

    expect((await ask(gateway)).body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await ask(late)).body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await connect(token).closed)[0]).toBe(4403);
    expect((await back.closed)[0]).toBe(4403);
    settled.cut();
    await late.stop();
  });

  it('ends its streams over HTTP, and no others', async () => {
    const open = async (sid: string) => {
      const authorization = `Bearer ${await world.tokenFor('ada', { sid })}`;
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization },
        body: JSON.stringify({ query: ALL }),
      });
      return response.body?.pipeThrough(new TextDecoderStream()).getReader();
    };
    const [ending, spared] = [await open('streaming'), await open('spared')];

    await world.publish({ type: 'session.ended', subject: 'streaming', audience: ['ada'] });
    let text = '';
    for (let part = await ending?.read(); part?.done === false; part = await ending?.read()) text += part.value;
    await world.happen({ status: 'still here' }, ['ada']);
    let rest = '';
    while (!rest.includes('still here')) rest += (await spared?.read())?.value ?? '';
    await spared?.cancel();

    expect(text).toContain('"code":"UNAUTHENTICATED"');
    expect(text).toContain('Your session has ended: sign in again');
    expect(text).not.toContain('still here');
  });

  it('is told by the new session of a refresh, no longer by the old one', async () => {
    const ada = connect(await world.tokenFor('ada', { sid: 'first' }));
    await ada.acknowledged();
    await refresh(ada, await world.tokenFor('ada', { sid: 'second' }));

    const witness = connect(await world.tokenFor('ada', { sid: 'first' }));
    await witness.acknowledged();
    await world.publish({ type: 'session.ended', subject: 'first', audience: ['ada'] });
    await witness.closed;
    expect(await ada.ask()).toEqual({ data: { hello: 'world' } });
    await world.publish({ type: 'session.ended', subject: 'second', audience: ['ada'] });

    expect((await ada.closed)[1]).toBe('Your session has ended: sign in again');
  });
});

function connect(token: string, to = gateway): RawSocket {
  const socket = new RawSocket(to.url, { token });
  sockets.push(socket);
  return socket;
}

/** What the pong says to a new access token. */
async function refresh(socket: RawSocket, accessToken: string): Promise<unknown> {
  await socket.acknowledged();
  const pongs = (): unknown[] => socket.messages.filter(({ type }) => type === 'pong').map(({ payload }) => payload);
  const before = pongs().length;
  socket.send({ type: 'ping', payload: { accessToken } });
  await eventually(() => pongs().length > before);
  return pongs().at(-1);
}
