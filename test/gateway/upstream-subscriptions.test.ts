import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { concatAST, parse } from 'graphql';
import { createClient, type FormattedExecutionResult } from 'graphql-ws';
import WebSocket from 'ws';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { openResponse } from './support/open-response.ts';
import { startGateway, supergraphOf, type TestGateway } from './support/start-gateway.ts';
import { startUpstream, type Upstream } from './support/start-upstream.ts';
import { eventually, renameOver } from './support/supergraph-file.ts';
import { AUDIENCE, ISSUER, startTokenIssuer, tokenOf, type TokenIssuer } from './support/token-issuer.ts';

const ALL = 'subscription Ticks($topic: String) { mine: ticks(topic: $topic) { n item { name } } }';
const GAP = { data: null, extensions: { resume: 'RESUME_GAP' } };

const OPEN = 'caregraph_gateway_upstream_subscriptions{subgraph="ticks"}';
const RECONNECTS = 'caregraph_gateway_upstream_reconnects_total{subgraph="ticks"}';

type Result = FormattedExecutionResult<Record<string, unknown>, unknown>;

let issuer: TokenIssuer;
let key: Awaited<ReturnType<TokenIssuer['addKey']>>;
let upstream: Upstream;
let names: FakeSubgraph;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  issuer = await startTokenIssuer();
  key = await issuer.addKey();
  upstream = await startUpstream();
  names = await startFakeSubgraph(
    'names',
    'type Query { hello: String } type Item @key(fields: "id") @authenticated { id: ID! name: String }',
    { Query: { hello: () => 'world' }, Item: { name: ({ id }: { id: string }) => `name of ${id}` } },
  );
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  await eventually(async () => (await upstream.state()).listeners.length === 0);
});

afterAll(async () => {
  await upstream.kill();
  await Promise.all([names.stop(), issuer.stop()]);
});

describe.each([
  ['ws', 'apollo'],
  ['sse', 'hive'],
  ['sse', 'plain'],
])('a subscription to a subgraph that sends events itself, by %s, planned by %s,', (protocol, planner) => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await start(protocol, { env: { QUERY_PLANNER: planner } });
  });

  afterAll(() => gateway.stop());

  it('brings the fields of all subgraphs for each event, until its client leaves', async () => {
    const ada = await subscribe(gateway, 'ada', ALL);

    await upstream.emit(1);
    await upstream.emit(2);
    await ada.until(2);

    expect(ada.results).toEqual([
      { data: { mine: { n: 1, item: { name: 'name of i1' } } } },
      { data: { mine: { n: 2, item: { name: 'name of i2' } } } },
    ]);
    expect((await upstream.state()).listeners).toEqual(['ada']);
    ada.complete();
    await eventually(async () => (await upstream.state()).listeners.length === 0);
  });

  it('is opened once for all who ask the same as the same caller, and once for each who does not', async () => {
    const first = await subscribe(gateway, 'ada', ALL);
    const second = await subscribe(gateway, 'ada', ALL);
    const further = await subscribe(gateway, 'ada', 'subscription { ticks { n item { id name } } }');
    const eve = await subscribe(gateway, 'eve', ALL);
    const topic = await subscribe(gateway, 'ada', ALL, { topic: 'other' });
    await eventually(async () => (await upstream.state()).listeners.length === 4);
    names.received.length = 0;

    await upstream.emit(1);
    await Promise.all([first, second, further, eve].map((one) => one.until(1)));
    await upstream.emit(7, 'other');
    await topic.until(1);

    expect((await upstream.state()).listeners.sort()).toEqual(['ada', 'ada', 'ada', 'eve']);
    expect(await metric(gateway, OPEN)).toBe(4);
    expect(names.received).toHaveLength(4);
    expect(first.results).toEqual(second.results);
    expect(further.results).toEqual([{ data: { ticks: { n: 1, item: { id: 'i1', name: 'name of i1' } } } }]);
    expect(topic.results).toEqual([{ data: { mine: { n: 7, item: { name: 'name of i7' } } } }]);
  });

  it('goes on when the subgraph has been killed and is back, and says that something may be missing', async () => {
    const ada = await subscribe(gateway, 'ada', ALL);
    const reconnects = (await metric(gateway, RECONNECTS)) ?? 0;
    await upstream.emit(1);
    await ada.until(1);

    await upstream.kill();
    await upstream.restart();
    await eventually(async () => (await upstream.state()).listeners.length === 1);
    await upstream.emit(3);
    await ada.until(3);

    expect(ada.results).toEqual([
      { data: { mine: { n: 1, item: { name: 'name of i1' } } } },
      GAP,
      { data: { mine: { n: 3, item: { name: 'name of i3' } } } },
    ]);
    expect(ada.errors).toEqual([]);
    expect(await metric(gateway, RECONNECTS)).toBeGreaterThan(reconnects);
    expect(await metric(gateway, OPEN)).toBe(1);
    ada.complete();
    await eventually(async () => (await metric(gateway, OPEN)) === 0);
  }, 60_000);

  it('shows errors of an event where the client finds them, masked, and goes on', async () => {
    const ada = await subscribe(gateway, 'ada', 'subscription { mine: ticks { n bad: broken } }');

    await upstream.emit(1);
    await upstream.emit(2);
    await ada.until(2);

    expect(ada.results.map(({ data }) => data)).toEqual([{ mine: { n: 1, bad: null } }, { mine: { n: 2, bad: null } }]);
    expect(ada.results[0]?.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: ['mine', 'bad'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) as unknown },
      },
    ]);
  });

  it('ends when the subgraph has no more, after what it had', async () => {
    const ada = await subscribe(gateway, 'ada', 'subscription { countdown(from: 3) }');

    await eventually(() => ada.completions() === 1);

    expect(ada.results.map(({ data }) => data?.['countdown'])).toEqual([3, 2, 1]);
  });

  it('that the subgraph refuses is refused, and not shown why', async () => {
    const ada = await subscribe(gateway, 'ada', 'subscription { denied }');

    await eventually(() => ada.errors.length + ada.results.length === 1);

    const told = JSON.stringify([...ada.errors, ...ada.results]);
    expect(told).toContain('"INTERNAL_SERVER_ERROR"');
    expect(told).not.toContain('locked');
  });

  it('cannot resume what the subgraph does not remember, and says so', async () => {
    const ada = await subscribe(gateway, 'ada', ALL, {}, { lastEventId: '1.abc' });
    await upstream.emit(4);

    await ada.until(2);

    expect(ada.results).toEqual([GAP, { data: { mine: { n: 4, item: { name: 'name of i4' } } } }]);
  });

  it('keeps its connection through a reload, and is planned on the new supergraph', async () => {
    const ada = await subscribe(gateway, 'ada', ALL);
    const moved = await startFakeSubgraph(
      'names',
      'type Query { hello: String } type Item @key(fields: "id") @authenticated { id: ID! name: String }',
      { Item: { name: ({ id }: { id: string }) => `new name of ${id}` } },
    );
    cleanups.push(moved.stop);
    const { begun } = await upstream.state();

    await reload([upstream, moved]);
    await upstream.emit(5);
    await ada.until(1);

    expect(ada.results).toEqual([{ data: { mine: { n: 5, item: { name: 'new name of i5' } } } }]);
    expect((await upstream.state()).begun).toBe(begun);
    await reload([upstream, names]);
  });

  it('that the new supergraph does not allow ends with the reasons', async () => {
    const ada = await subscribe(gateway, 'ada', ALL);

    await reload([upstream, { ...names, typeDefs: withoutName() }]);
    await eventually(() => ada.errors.length === 1);

    expect(JSON.stringify(ada.errors)).toContain('Cannot query field');
    await eventually(async () => (await upstream.state()).listeners.length === 0);
    await reload([upstream, names]);
  });

  it('reaches clients over HTTP as well', async () => {
    const token = await tokenFor('ada');
    const stream = await openResponse(`${gateway.url}/graphql`, {
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: ALL }),
    });
    await eventually(async () => (await upstream.state()).listeners.length === 1);

    await upstream.emit(6);
    await stream.until('name of i6');
    stream.close();

    await eventually(async () => (await upstream.state()).listeners.length === 0);
  });

  async function reload(subgraphs: Parameters<typeof supergraphOf>[0]): Promise<void> {
    const applied = (): number => gateway.logLines.filter((line) => line.includes('new supergraph is in force')).length;
    const before = applied();
    await renameOver(gateway.supergraphFile, supergraphOf(subgraphs));
    await eventually(() => applied() > before);
  }
});

it('keeps to what an operator has set: how many are open, after how long a silence one is lost, and how often it is tried', async () => {
  const gateway = await start('ws', {
    env: { UPSTREAM_MAX_SUBSCRIPTIONS: '1', UPSTREAM_MAX_FAILURES: '0', UPSTREAM_SILENCE_MS: '2000' },
  });
  cleanups.push(gateway.stop);
  const ada = await subscribe(gateway, 'ada', ALL);
  const eve = await subscribe(gateway, 'eve', 'subscription { countdown(from: 3) }');

  upstream.freeze();
  await eventually(() => ada.errors.length === 1);
  await upstream.kill();
  await upstream.restart();

  expect(JSON.stringify(eve.errors)).toContain('"RATE_LIMITED"');
  expect(eve.results).toEqual([]);
  expect(JSON.stringify(ada.errors)).toContain('"SUBGRAPH_UNAVAILABLE"');
  expect([await metric(gateway, OPEN), await metric(gateway, RECONNECTS)]).toEqual([0, undefined]);
}, 60_000);

it('does not share between callers who send different headers that the subgraph sees', async () => {
  const gateway = await start('sse', { argv: ['--forward-header', 'accept-language'] });
  cleanups.push(gateway.stop);
  const open = async (language: string) => {
    const stream = await openResponse(`${gateway.url}/graphql`, {
      headers: {
        accept: 'text/event-stream',
        'accept-language': language,
        'content-type': 'application/json',
        authorization: `Bearer ${await tokenFor('ada')}`,
      },
      body: JSON.stringify({ query: ALL }),
    });
    cleanups.push(stream.close);
  };

  await open('ar');
  await open('en');
  await open('en');

  await eventually(async () => (await upstream.state()).listeners.length === 2);
  expect((await upstream.state()).listeners.sort()).toEqual(['ada in ar', 'ada in en']);
});

async function metric({ url }: TestGateway, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

function withoutName(): FakeSubgraph['typeDefs'] {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])';
  return concatAST([
    parse(link),
    parse('type Query { hello: String } type Item @key(fields: "id") @authenticated { id: ID! other: String }'),
  ]);
}

interface GatewayOptions {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function start(protocol: string, { argv = [], env = {} }: GatewayOptions): Promise<TestGateway> {
  return startGateway([upstream, names], {
    argv,
    env: {
      ...env,
      JWKS_URL: issuer.jwksUrl,
      JWT_ISSUER: ISSUER,
      JWT_AUDIENCE: AUDIENCE,
      SUPERGRAPH_POLL_MS: '100',
      TICKS_SUBGRAPH_SUBSCRIPTIONS: protocol,
    },
  });
}

const tokenFor = (sub: string): Promise<string> => tokenOf(key, { sub, roles: ['PATIENT'] });

/** Subscribes on a socket of its own, and waits until the subgraph knows of it where it is about ticks. */
async function subscribe(
  gateway: TestGateway,
  subject: string,
  query: string,
  variables: Record<string, unknown> = {},
  extensions?: Record<string, unknown>,
) {
  const client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${await tokenFor(subject)}` },
  });
  cleanups.push(() => client.dispose());
  const results: Result[] = [];
  const errors: unknown[] = [];
  let completions = 0;
  const complete = client.subscribe(
    { query, variables, ...(extensions && { extensions }) },
    {
      next: (result) => void results.push(result),
      error: (error) => void errors.push(error),
      complete: () => (completions += 1),
    },
  );
  await new Promise<void>((resolve, reject) => {
    client.subscribe({ query: '{ hello }' }, { next: () => undefined, error: reject, complete: resolve });
  });
  if (query.includes('ticks')) await eventually(async () => (await upstream.state()).listeners.includes(subject));
  return {
    results,
    errors,
    complete,
    completions: () => completions,
    until: (count: number) =>
      eventually(() => {
        if (errors.length > 0) throw new Error(JSON.stringify(errors));
        return results.length >= count;
      }),
  };
}
