import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { gql } from '@apollo/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { loadSupergraph } from '../../gateway/supergraph/load-supergraph.ts';
import { createDeferringClient } from './support/deferring-client.ts';
import { startScoredPeople } from './support/deferring.ts';
import type { FakeSubgraph } from './support/fake-subgraph.ts';
import { mergeParts } from './support/merge-parts.ts';
import { allParts, askInParts, INCREMENTAL, readParts } from './support/read-parts.ts';
import { startGateway, supergraphOf, type TestGateway } from './support/start-gateway.ts';
import { eventually, renameOver, withMore } from './support/supergraph-file.ts';

let people: FakeSubgraph;
let scores: FakeSubgraph;
let gateway: TestGateway;

beforeAll(async () => {
  ({ people, scores } = await startScoredPeople());
  gateway = await startGateway([people, scores], { env: { SUPERGRAPH_POLL_MS: '100' } });
});

afterEach(() => {
  scores.mayAnswer = undefined;
  scores.override = undefined;
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([people.stop(), scores.stop()]);
});

const ask = (query: string, variables: object = {}, init?: RequestInit) =>
  askInParts(gateway.url, { query, variables }, init);
const partsOf = async (query: string, variables?: object) => allParts(await ask(query, variables));

/** Keeps the scores waiting until they are let go. */
function hold(subgraph: FakeSubgraph): () => void {
  let letGo = (): void => undefined;
  subgraph.mayAnswer = new Promise((resolve) => (letGo = resolve));
  return letGo;
}

const SCORE = '{ me { id name ... @defer(label: "rest") { score } } }';
const FIRST = { data: { me: { id: 'u1', name: 'Ada' } }, hasNext: true };
const REST = { incremental: [{ label: 'rest', path: ['me'], data: { score: 10 } }], hasNext: false };

describe('a deferred fragment', () => {
  it('follows when its subgraph has answered; everything else has been sent before', async () => {
    const letGo = hold(scores);

    const parts = readParts(await ask(SCORE));
    const first = await parts.next();
    letGo();
    const rest = await parts.next();

    expect(first.value).toEqual(FIRST);
    expect(rest.value).toEqual(REST);
    expect((await parts.next()).done).toBe(true);
  });

  it('follows from the subgraph that has been asked already, which is asked by key again', async () => {
    people.received.length = 0;

    const parts = await partsOf('{ me { id ... @defer { name home { city } } } }');

    expect(parts).toEqual([
      { data: { me: { id: 'u1' } }, hasNext: true },
      { incremental: [{ path: ['me'], data: { name: 'Ada', home: { city: 'Rome' } } }], hasNext: false },
    ]);
    expect(people.received.map(({ body }) => /\bname\b/.test(body.query))).toEqual([false, true]);
    expect(people.received[1]?.body.variables).toEqual({ representations: [{ __typename: 'Person', id: 'u1' }] });
  });

  it('comes for every object of a list, of its type alone, under the aliases of the client', async () => {
    const query = `{
      all: everyone { ... @defer { n: name } }
      hits { __typename ... on Person @defer(label: "person") { name } ... on Place @defer(label: "place") { id } }
    }`;

    const [first, ...rest] = await partsOf(query);

    const hits = [{ __typename: 'Person' }, { __typename: 'Place' }];
    expect(first).toEqual({ data: { all: [{}, {}], hits }, hasNext: true });
    const increments = rest.flatMap(({ incremental = [] }) => incremental);
    expect(increments).toHaveLength(4);
    expect(increments).toEqual(
      expect.arrayContaining([
        { path: ['all', 0], data: { n: 'Ada' } },
        { path: ['all', 1], data: { n: 'Grace' } },
        { label: 'person', path: ['hits', 0], data: { name: 'Ada' } },
        { label: 'place', path: ['hits', 1], data: { id: 'p1' } },
      ]),
    );
  });

  it('comes after the one that it stands in', async () => {
    const query = '{ ...Me @defer } fragment Me on Query { me { name ... @defer { rival { ... @defer { score } } } } }';

    const parts = await partsOf(query);

    expect(parts[0]).toEqual({ data: {}, hasNext: true });
    expect(parts.flatMap(({ incremental = [] }) => incremental)).toEqual([
      { path: [], data: { me: { name: 'Ada' } } },
      { path: ['me'], data: { rival: {} } },
      { path: ['me', 'rival'], data: { score: 20 } },
    ]);
    expect(parts.map(({ hasNext }) => hasNext)).toEqual([...parts.slice(1).map(() => true), false]);
  });

  it('does not come where its object is null', async () => {
    const [first, ...rest] = await partsOf('{ nobody { ... @defer { name } } me { ... @defer { name } } }');

    expect(first).toEqual({ data: { nobody: null, me: {} }, hasNext: true });
    expect(rest).toEqual([{ incremental: [{ path: ['me'], data: { name: 'Ada' } }], hasNext: false }]);
  });

  it('follows a mutation', async () => {
    const query =
      'mutation { a: rename(name: "x") { id ... @defer { score } } b: rename(name: "y") { ... @defer { name } } }';

    const [first, ...rest] = await partsOf(query);

    expect(first).toEqual({ data: { a: { id: 'u2' }, b: {} }, hasNext: true });
    const increments = rest.flatMap(({ incremental = [] }) => incremental);
    expect(increments).toHaveLength(2);
    expect(increments).toContainEqual({ path: ['a'], data: { score: 20 } });
    expect(increments).toContainEqual({ path: ['b'], data: { name: 'Grace' } });
  });
});

describe('what goes wrong with a deferred fragment', () => {
  it('stands at the fields of the client, whatever aliases the client has made up', async () => {
    const query = '{ me { d0_rival: rival { score } ... @defer { rival { name } dd1_name: name } d1: id } }';
    scores.override = (_, response) => {
      const key = /(\w+): ?rival/.exec(scores.received.at(-1)?.body.query ?? '')?.[1] ?? 'rival';
      const errors = [{ message: 'no', path: ['_entities', 0, key], extensions: { code: 'CONFLICT' } }];
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: null, errors }));
    };

    const [first, ...rest] = await partsOf(query);

    expect(first).toMatchObject({ data: { me: { d0_rival: null, d1: 'u1' } } });
    expect(first?.errors?.map(({ path }) => path)).toEqual([['me', 'd0_rival']]);
    expect(rest.flatMap(({ incremental = [] }) => incremental)).toMatchObject([
      { path: ['me'], data: { rival: null, dd1_name: 'Ada' }, errors: [{ path: ['me', 'rival'] }] },
    ]);
  });

  it('stands with it, and the rest is whole', async () => {
    scores.override = (_request, response) => void response.writeHead(500).end('<h1>no</h1>');

    const parts = await partsOf('{ me { name ... @defer { score home { city } } } }');

    expect(parts[0]).toEqual({ data: { me: { name: 'Ada' } }, hasNext: true });
    expect(parts[1]?.incremental).toMatchObject([
      {
        path: ['me'],
        data: { score: null, home: { city: 'Rome' } },
        errors: [{ path: ['me'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }],
      },
    ]);
  });

  it('makes null of the fragment alone where null may not be', async () => {
    scores.override = (_request, response) => void response.writeHead(500).end('<h1>no</h1>');

    const parts = await partsOf('{ me { name ... @defer { rank } ... @defer { home { city } } } }');

    const increments = parts.flatMap(({ incremental = [] }) => incremental);
    expect(increments).toHaveLength(2);
    expect(increments).toContainEqual({ path: ['me'], data: { home: { city: 'Rome' } } });
    expect(increments).toContainEqual(
      expect.objectContaining({ path: ['me'], data: null, errors: [expect.objectContaining({ path: ['me'] })] }),
    );
  });

  it('never takes away what another one is to follow into', async () => {
    const broken = '... @defer { rival { broken } }';
    const following = '... @defer { rival { ... @defer { friends { score } } } }';

    for (const query of [`{ me { ${broken} ${following} } }`, `{ me { ${following} ${broken} } }`]) {
      const { data, errors } = mergeParts(await partsOf(query));

      // Whichever came last.
      expect([null, { friends: [{ score: 20 }] }].map((rival) => ({ me: { rival } }))).toContainEqual(data);
      expect(errors?.map(({ path }) => path)).toEqual([['me', 'rival', 'broken']]);
    }
  });

  it('is told of when a subgraph does not know an entity again that it gave', async () => {
    const parts = await partsOf('mutation { remove { id ... @defer { name } } }');

    expect(parts[0]).toEqual({ data: { remove: { id: 'gone' } }, hasNext: true });
    expect(parts[1]?.incremental).toMatchObject([
      {
        path: ['remove'],
        data: { name: null },
        errors: [{ path: ['remove'], extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } }],
      },
    ]);
  });
});

describe.each([
  [`multipart/mixed;subscriptionSpec=1.0,${INCREMENTAL},application/json`],
  [`text/event-stream,${INCREMENTAL},application/json`],
  [`${INCREMENTAL};q=0.5,text/event-stream`],
])('a client that takes streams as well, by accept: %s', (accept) => {
  it('gets what is deferred in parts, each when it is there', async () => {
    const letGo = hold(scores);

    const parts = readParts(await ask(SCORE, {}, { headers: { accept } }));
    const first = await parts.next();
    letGo();

    expect([first.value, (await parts.next()).value, (await parts.next()).done]).toEqual([FIRST, REST, true]);
  });

  it('gets one answer where nothing is deferred, and refusals, as without it', async () => {
    const whole = await ask('{ me { name } }', {}, { headers: { accept } });
    const refused = await ask('{ me { name ... @defer { diary } } }', {}, { headers: { accept } });

    for (const response of [whole, refused])
      expect(response.headers.get('content-type')).toMatch(/^(application\/json|text\/event-stream);/);
    expect(await whole.text()).toContain('{"data":{"me":{"name":"Ada"}}}');
    expect(await refused.text()).toContain('UNAUTHENTICATED');
  });

  it('ends what is under way when it goes', async () => {
    const asked = new Promise<{ readonly closed: Promise<unknown> }>((resolve) => {
      scores.override = (_request, response) => resolve({ closed: once(response, 'close') });
    });
    const gone = new AbortController();
    const parts = readParts(await ask(SCORE, {}, { headers: { accept }, signal: gone.signal }));
    await parts.next();
    const { closed } = await asked;

    gone.abort();

    await expect(parts.next()).rejects.toThrow();
    await closed;
  });
});

describe('one whole answer', () => {
  const WHOLE = { data: { me: { id: 'u1', name: 'Ada', score: 10 } } };

  it.each([
    ['takes no other', SCORE, { accept: 'application/json' }, {}],
    ['defers nothing by a variable', SCORE.replace('label', 'if: $on, label'), {}, { on: false }],
    ['defers nothing by a null', SCORE.replace('label', 'if: $on, label'), {}, { on: null }],
    ['asks the schema in what it defers', '{ ... @defer { __type(name: "Home") { name } } }', {}, {}],
  ])('goes to a client that %s', async (_case, text, headers, variables) => {
    const query = text.includes('$on') ? `query ($on: Boolean = true) ${text}` : text;

    const response = await askInParts(gateway.url, { query, variables }, { headers });

    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual(text.includes('__type') ? { data: { __type: { name: 'Home' } } } : WHOLE);
  });

  it('goes to a client that may not read what it defers: the refusal of all', async () => {
    people.received.length = 0;

    const response = await ask('{ me { name ... @defer { diary } } }');

    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(people.received).toHaveLength(0);
  });
});

it.each([
  ['{ me { ... @defer(label: "a") { id } ... @defer(label: "a") { name } } }', 'give each a label of its own'],
  ['query ($l: String) { me { ... @defer(label: $l) { id } } }', 'cannot be a variable'],
  ['mutation { ... @defer { rename(name: "x") { id } } }', 'put it on a fragment within a root field'],
])('refuses %s', async (query, words) => {
  const response = await ask(query);

  expect(await response.json()).toMatchObject({
    errors: [{ message: expect.stringContaining(words), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
});

it('ends what is under way when the client goes', async () => {
  const asked = new Promise<{ readonly closed: Promise<unknown> }>((resolve) => {
    scores.override = (_request, response) => {
      resolve({ closed: once(response, 'close') });
    };
  });
  const gone = new AbortController();
  const parts = readParts(await askInParts(gateway.url, { query: SCORE }, { signal: gone.signal }));
  await parts.next();
  const { closed } = await asked;

  gone.abort();

  await expect(parts.next()).rejects.toThrow();
  await closed;
});

it('ends an answer on the supergraph on which it began, and counts it when it has ended', async () => {
  const letGo = hold(scores);
  const parts = readParts(await ask(SCORE));
  expect((await parts.next()).value).toEqual(FIRST);
  await renameOver(
    gateway.supergraphFile,
    supergraphOf([people, withMore(scores, 'extend type Query { worst: Int }')]),
  );
  await eventually(knowsWorst);
  const before = await countOfQueries();

  letGo();

  expect((await parts.next()).value).toEqual(REST);
  expect((await parts.next()).done).toBe(true);
  await eventually(async () => (await countOfQueries()) === before + 1);
});

async function knowsWorst(): Promise<boolean> {
  const { body } = await gateway.post({ query: '{ __type(name: "Query") { fields { name } } }' });
  return JSON.stringify(body).includes('worst');
}

async function countOfQueries(): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(/operation_duration_seconds_count\{kind="query",outcome="ok"\} (\d+)/.exec(text)?.[1] ?? 0);
}

describe("Apollo's client", () => {
  it('shows what is there first, and then all of it', async () => {
    const letGo = hold(scores);
    const client = createDeferringClient(`${gateway.url}/graphql`);
    const shown: unknown[] = [];
    const query = client.watchQuery({ query: gql(SCORE) });
    const subscription = query.subscribe(({ data, dataState }) => {
      if (dataState === 'streaming') letGo();
      if (data !== undefined) shown.push(structuredClone(data));
    });

    await eventually(() => shown.length === 2);

    subscription.unsubscribe();
    client.stop();
    const me = { __typename: 'Person', id: 'u1', name: 'Ada' };
    expect(shown).toEqual([{ me }, { me: { ...me, score: 10 } }]);
  });

  it('is set up as the guide for frontends says, with an operation that is valid', () => {
    const guide = readFileSync('docs/frontend.md', 'utf8');
    const { apiSchema } = loadSupergraph(readFileSync('supergraph.graphql', 'utf8'));
    const [, operation = ''] = /```graphql\n(query Home[^`]*)```/.exec(guide) ?? [];

    expect(guide).toContain(readFileSync('test/gateway/support/deferring-client.ts', 'utf8'));
    expect(validate(apiSchema, parse(operation))).toEqual([]);
  });
});
