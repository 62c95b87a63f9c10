import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FakeSubgraph } from './support/fake-subgraph.ts';
import { startReviewSubgraphs } from './support/shop.ts';
import { startGateway, type Answer, type TestGateway } from './support/start-gateway.ts';

let reviews: FakeSubgraph;
let people: FakeSubgraph;
let gateway: TestGateway;
let testsDone = 0;

beforeAll(async () => {
  ({ reviews, people } = await startReviewSubgraphs());
  gateway = await startGateway([reviews, people], {
    argv: ['--forward-header', 'x-tenant', '--forward-header', 'x-unit'],
  });
});

afterEach(() => {
  testsDone += 1;
  reviews.mayAnswer = undefined;
  people.override = undefined;
  reviews.received.length = 0;
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([reviews.stop(), people.stop()]);
});

const REVIEWS = { query: '{ reviews { id author { name } } }' };
const REVIEW = { query: 'mutation { review(text: "Fine") { id } }' };

/** Sends requests while the subgraph holds its answers back, and lets it answer once all that will reach it have. */
async function heldBack(count: number, send: () => readonly Promise<Answer>[]): Promise<readonly Answer[]> {
  let release: () => void = () => undefined;
  reviews.mayAnswer = new Promise((resolve) => {
    release = resolve;
  });
  const answers = send();
  await untilReceived(count);
  release();
  return Promise.all(answers);
}

/** Waits no longer than the test that it is called in. */
async function untilReceived(count: number): Promise<void> {
  const since = testsDone;
  while (reviews.received.length < count && testsDone === since) await new Promise((resolve) => setImmediate(resolve));
}

describe('equal queries that are under way at the same time', () => {
  it('run once for one caller, and each is told of what failed in its own name', async () => {
    people.override = (_request, response) => void response.writeHead(503).end();

    const answers = await heldBack(1, () => [1, 2, 3].map((id) => gateway.post(REVIEWS, { 'x-request-id': `r${id}` })));

    expect(reviews.received).toHaveLength(1);
    expect(answers.map(({ body }) => body.data)).toEqual([1, 2, 3].map(() => answers[0]?.body.data));
    expect(answers.map(({ body }) => body.errors?.[0]?.extensions)).toEqual(
      [1, 2, 3].map((id) => ({ code: 'SUBGRAPH_UNAVAILABLE', requestId: `r${id}` })),
    );
  });

  it.each([
    [
      { 'x-tenant': 'ab', 'x-unit': 'c' },
      { 'x-tenant': 'a', 'x-unit': 'bc' },
    ],
    [{ 'x-tenant': 'a' }, { 'x-unit': 'a' }],
    [{ 'x-tenant': 'a1:b' }, { 'x-tenant': 'a', 'x-unit': 'b' }],
    [{ 'x-tenant': '-' }, { 'x-unit': '-' }],
  ])('run apart where such headers, read one after the other, come to the same: %j and %j', async (...headers) => {
    await heldBack(2, () => headers.map((some) => gateway.post(REVIEWS, { ...some })));

    expect(reviews.received).toHaveLength(2);
  });

  it('run apart where a header that subgraphs are given differs', async () => {
    const answers = await heldBack(2, () =>
      ['a', 'b', 'a'].map((tenant) => gateway.post(REVIEWS, { 'x-tenant': tenant })),
    );

    expect(reviews.received.map(({ headers }) => headers['x-tenant']).sort()).toEqual(['a', 'b']);
    expect(answers.map(({ body }) => body.errors)).toEqual([undefined, undefined, undefined]);
  });

  it('run apart where variables differ', async () => {
    const query = 'query ($deep: Boolean!) { reviews { id author @include(if: $deep) { name } } }';

    const answers = await heldBack(2, () =>
      [true, false].map((deep) => gateway.post({ query, variables: { deep } }, { 'x-tenant': String(deep) })),
    );

    expect(JSON.stringify(answers[0]?.body.data)).toContain('author');
    expect(JSON.stringify(answers[1]?.body.data)).not.toContain('author');
  });

  it('never join one that began before a change that the caller has been told of', async () => {
    let release: () => void = () => undefined;
    reviews.mayAnswer = new Promise((resolve) => {
      release = resolve;
    });
    const before = gateway.post(REVIEWS);
    await untilReceived(1);
    reviews.mayAnswer = undefined;
    await gateway.post(REVIEW);

    const after = await gateway.post(REVIEWS);
    release();
    await before;

    expect(after.body.errors).toBeUndefined();
    expect(reviews.received.map(({ body }) => body.query.startsWith('mutation'))).toEqual([false, true, false]);
  });
});
