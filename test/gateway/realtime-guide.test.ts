import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { CLOSE, CLOSE_NAMES } from '../../gateway/subscriptions/close-codes.ts';
import { startOneAddress, type OneAddress } from './support/one-address.ts';
import type { TestGateway } from './support/start-gateway.ts';
import { eventually } from './support/supergraph-file.ts';
import { createVisitWorld, type VisitWorld } from './support/visit-world.ts';

interface Subscription {
  readonly query: string;
  readonly onEvent: (data: { changed: { status: string } } | null) => void;
  readonly onGap: () => void;
  readonly onError: (error: unknown) => void;
}

/** What the snippets of docs/realtime.md export. */
interface Guide {
  readonly liveUpdates: (options: { url: string; currentAccessToken: () => Promise<string> }) => {
    readonly subscribe: (subscription: Subscription) => () => void;
    readonly tokenRefreshed: () => Promise<void>;
    readonly close: () => void;
  };
  readonly resuming: (options: { onGap: () => void }) => {
    readonly connected: (socket: unknown, payload: Record<string, unknown> | undefined) => void;
    readonly link: ApolloLink;
  };
}

const QUERY = 'subscription { changed { status } }';

let guide: string;
let snippets: Guide;
let folder: string;
let world: VisitWorld;
let gateway: TestGateway;
let address: OneAddress;

beforeAll(async () => {
  guide = await readFile('docs/realtime.md', 'utf8');
  // Below the packages that the snippets import.
  await mkdir('node_modules/.cache', { recursive: true });
  folder = await mkdtemp(resolve('node_modules/.cache/guide-'));
  const modules = await Promise.all([...guide.matchAll(/^```js\n(.*?)^```$/gms)].map(run));
  snippets = Object.assign({}, ...modules) as Guide;
  globalThis.WebSocket = WebSocket as unknown as typeof globalThis.WebSocket;
  world = await createVisitWorld();
  gateway = await world.startGateway();
  address = await startOneAddress([Number(new URL(gateway.url).port)]);
});

afterAll(async () => {
  await address.stop();
  await gateway.stop();
  await world.stop();
  await rm(folder, { recursive: true });
});

it('shows a client that gets what it missed, also before its first event, and goes on after its token', async () => {
  let token = await world.tokenFor('ada');
  const updates = snippets.liveUpdates({ url: socketUrl(), currentAccessToken: () => Promise.resolve(token) });
  const seen: unknown[] = [];
  const gaps: string[] = [];
  const failures: unknown[] = [];
  updates.subscribe({
    query: QUERY,
    onEvent: (data) => void seen.push(data?.changed.status),
    onGap: () => void gaps.push('gap'),
    onError: (error) => void failures.push(error),
  });
  await eventually(async () => (await subscriptions()) === 1);

  address.cut();
  await happen('before the first');
  await eventually(() => seen.length === 1);
  address.lose();
  await happen('second');
  await eventually(() => address.refused() > 0);
  address.restore();
  await happen('third');
  await eventually(() => seen.length === 3);
  const exp = Math.floor(Date.now() / 1_000) + 5;
  for (const until of [exp, exp + 600]) {
    token = await world.tokenFor('ada', { exp: until });
    await updates.tokenRefreshed();
  }
  await eventually(() => Date.now() > exp * 1_000 + 200);
  await happen('after the old token');
  await eventually(() => seen.length === 4);

  expect(seen).toEqual(['before the first', 'second', 'third', 'after the old token']);
  expect([gaps, failures]).toEqual([[], []]);
  expect(await closesOfExpiry()).toBe(0);
  updates.close();
});

it('tells the client of a gap', async () => {
  const token = await world.tokenFor('ada');
  const forgetful = await world.startGateway({ RESUME_MAX_EVENTS: '1' });
  const through = await startOneAddress([Number(new URL(forgetful.url).port)]);
  let mayConnect = Promise.resolve();
  const updates = snippets.liveUpdates({
    url: `${through.url.replace('http', 'ws')}/graphql`,
    currentAccessToken: () => mayConnect.then(() => token),
  });
  const heard: unknown[] = [];
  updates.subscribe({
    query: QUERY,
    onEvent: (data) => void heard.push(data?.changed.status),
    onGap: () => void heard.push('gap'),
    onError: (error) => void heard.push(error),
  });
  await eventually(async () => (await subscriptions(forgetful)) === 1);
  await happen('seen');
  await eventually(() => heard.length === 1);

  let letIn: () => void = () => undefined;
  mayConnect = new Promise((resolveIt) => (letIn = resolveIt));
  through.cut();
  for (const status of ['lost', 'lost too', 'lost as well']) await happen(status);
  letIn();
  await eventually(() => heard.length === 2);
  await happen('live');
  await eventually(() => heard.length === 3);

  expect(heard).toEqual(['seen', 'gap', 'live']);
  updates.close();
  await through.stop();
  await forgetful.stop();
});

it("shows how Apollo Client's subscriptions resume, also before their first event", async () => {
  const { heard, close } = await subscribeWithApollo(address.url);
  await eventually(async () => (await subscriptions()) === 1);

  address.cut();
  await happen('before the first');
  await eventually(() => heard.length === 1);
  address.cut();
  for (const status of ['missed', 'missed too']) await happen(status);
  await eventually(() => heard.length === 3);

  expect(heard).toEqual(['before the first', 'missed', 'missed too']);
  await close();
});

it('shows how Apollo Client hears of a gap, which it tells no subscription of', async () => {
  const forgetful = await world.startGateway({ RESUME_MAX_EVENTS: '1' });
  const through = await startOneAddress([Number(new URL(forgetful.url).port)]);
  const { heard, close } = await subscribeWithApollo(through.url);
  await eventually(async () => (await subscriptions(forgetful)) === 1);
  await happen('seen');
  await eventually(() => heard.length === 1);

  const before = await eventsOf(forgetful);
  through.lose();
  for (const status of ['lost', 'lost too', 'lost as well']) await happen(status);
  await eventually(async () => (await eventsOf(forgetful)) === before + 3);
  through.restore();
  await eventually(() => heard.length === 2);
  await happen('live');
  await eventually(() => heard.length === 3);

  expect(heard).toEqual(['seen', 'gap', 'live']);
  await close();
  await through.stop();
  await forgetful.stop();
});

it('says what every close code means, and what metrics call it', () => {
  const closes = [...Object.values(CLOSE), ...Object.entries(CLOSE_NAMES).map(([code, name]) => ({ code, name }))];
  const rows = guide.split('\n').filter((line) => /^\| \d{4} /.test(line));

  const missing = closes.filter(
    ({ code, name }) => !rows.some((row) => row.startsWith(`| ${code} `) && row.includes(`\`${name}\``)),
  );

  expect(missing).toEqual([]);
});

/** Subscribes as the guide shows, and notes what the subscription is told, and gaps. */
async function subscribeWithApollo(url: string) {
  const token = await world.tokenFor('ada');
  const heard: unknown[] = [];
  const { connected, link } = snippets.resuming({ onGap: () => void heard.push('gap') });
  const socket = createClient({
    url: socketUrl(url),
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: Infinity,
    shouldRetry: (problem) => !(problem instanceof Error),
    retryWait: () => delay(20),
    on: { connected },
  });
  const client = new ApolloClient({
    link: ApolloLink.from([link, new GraphQLWsLink(socket)]),
    cache: new InMemoryCache(),
  });
  const subscription = client
    .subscribe<{ changed: { status: string } }>({ query: gql(QUERY) })
    .subscribe(({ data, error }) => void heard.push(data?.changed.status ?? error ?? 'nothing'));
  return {
    heard,
    async close() {
      subscription.unsubscribe();
      await socket.dispose();
    },
  };
}

const happen = (status: string) => world.happen({ status }, ['ada']);

const socketUrl = (url = address.url): string => `${url.replace('http', 'ws')}/graphql`;

async function run([, text = '']: RegExpMatchArray, place: number): Promise<object> {
  const file = join(folder, `snippet-${place}.mjs`);
  await writeFile(file, text);
  return (await import(pathToFileURL(file).href)) as object;
}

async function subscriptions(of = gateway): Promise<number> {
  return numberOf('caregraph_gateway_subscriptions', of);
}

async function eventsOf(of: TestGateway): Promise<number> {
  return numberOf('caregraph_gateway_events_total', of);
}

async function closesOfExpiry(): Promise<number> {
  return numberOf('caregraph_gateway_socket_closes_total{reason="credentials_expired",transport="websocket"}', gateway);
}

async function numberOf(metric: string, of: TestGateway): Promise<number> {
  const text = await (await fetch(`${of.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${metric} `));
  return Number(line?.slice(metric.length) ?? 0);
}
