import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FakeSubgraph } from './support/fake-subgraph.ts';
import { startReviewSubgraphs } from './support/shop.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';

let reviews: FakeSubgraph;
let people: FakeSubgraph;
let gateway: TestGateway;

beforeAll(async () => {
  ({ reviews, people } = await startReviewSubgraphs());
  gateway = await startGateway([reviews, people], { env: { SUBGRAPH_TIMEOUT_MS: '1500' } });
});

afterEach(() => {
  people.override = undefined;
  reviews.override = undefined;
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([reviews.stop(), people.stop()]);
});

const REVIEWS = '{ reviews { id author { name } } }';

describe('an operation over several subgraphs', () => {
  it('joins what each subgraph knows of an entity', async () => {
    const { status, body } = await gateway.post({ query: REVIEWS });

    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        reviews: [
          { id: 'r0', author: { name: 'Ada' } },
          { id: 'r1', author: { name: 'Grace' } },
        ],
      },
    });
  });

  it('runs mutations, and passes variables on', async () => {
    const query = 'mutation ($text: String!) { review(text: $text) { text author { name } } }';

    const { body } = await gateway.post({ query, variables: { text: 'Fine' } });

    expect(body).toEqual({ data: { review: { text: 'Fine', author: { name: 'Ada' } } } });
  });

  it('looks at @include anew for every request, though the plan is remembered', async () => {
    const query = 'query ($deep: Boolean!) { reviews { id author @include(if: $deep) { name } } }';

    const [flat, deep] = [
      await gateway.post({ query, variables: { deep: false } }),
      await gateway.post({ query, variables: { deep: true } }),
    ];

    expect(flat.body.data).toEqual({ reviews: [{ id: 'r0' }, { id: 'r1' }] });
    expect(deep.body.data).toMatchObject({ reviews: [{ author: { name: 'Ada' } }, { author: { name: 'Grace' } }] });
  });

  it('answers introspection beside data', async () => {
    const { body } = await gateway.post({
      query: '{ __typename __type(name: "Person") { name } person(id: "u1") { id } }',
    });

    expect(body).toEqual({ data: { __typename: 'Query', __type: { name: 'Person' }, person: { id: 'u1' } } });
  });
});

describe('a subgraph that fails', () => {
  const answers: readonly { name: string; code: string; listener: RequestListener }[] = [
    {
      name: 'HTML',
      code: 'SUBGRAPH_INVALID_RESPONSE',
      listener: (_, response) => void response.end('<html>Welcome</html>'),
    },
    { name: 'nothing', code: 'SUBGRAPH_INVALID_RESPONSE', listener: (_, response) => void response.end() },
    {
      name: 'half an answer',
      code: 'SUBGRAPH_INVALID_RESPONSE',
      listener: (_, response) => void response.end('{"data":'),
    },
    {
      name: '401 to the gateway itself',
      code: 'SUBGRAPH_INVALID_RESPONSE',
      listener: (_, response) =>
        void response.writeHead(401).end('{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}'),
    },
    { name: '503', code: 'SUBGRAPH_UNAVAILABLE', listener: (_, response) => void response.writeHead(503).end('busy') },
    { name: 'a closed connection', code: 'SUBGRAPH_UNAVAILABLE', listener: (request) => void request.socket.destroy() },
    { name: 'silence', code: 'SUBGRAPH_TIMEOUT', listener: () => undefined },
  ];

  it.each(answers)('leaves its own fields null when it answers with $name: $code', async ({ code, listener }) => {
    people.override = listener;

    const { status, body } = await gateway.post({ query: REVIEWS });

    expect(status).toBe(200);
    expect(body.data).toEqual({
      reviews: [
        { id: 'r0', author: { name: null } },
        { id: 'r1', author: { name: null } },
      ],
    });
    expect(body.errors).toEqual([
      {
        message: expect.not.stringContaining('people'),
        path: ['reviews'],
        extensions: { code, requestId: expect.any(String) },
      },
    ]);
  });

  it('names each root field that it leaves empty', async () => {
    people.override = (_request, response) => void response.writeHead(503).end();

    const { body } = await gateway.post({ query: '{ a: person(id: "u1") { id } b: person(id: "u2") { id } }' });

    expect(body.data).toEqual({ a: null, b: null });
    expect(body.errors?.map(({ path }) => path)).toEqual([['a'], ['b']]);
  });

  it('is asked once more when it drops the connection to a query, and never for a mutation', async () => {
    reviews.received.length = 0;
    reviews.override = (request) => void request.socket.destroy();

    await gateway.post({ query: '{ reviews { id } }' });
    const asked = reviews.received.length;
    await gateway.post({ query: 'mutation { review(text: "x") { id } }' });

    expect(asked).toBe(2);
    expect(reviews.received).toHaveLength(3);
  });

  it('gives an error, too, when it answers null for what cannot be null', async () => {
    people.override = (_request, response) =>
      void response.end('{"data":{"_entities":[{"nickname":null},{"nickname":null}]}}');

    const { body } = await gateway.post({ query: '{ reviews { author { nickname } } }' });

    expect(body.data).toEqual({ reviews: [{ author: null }, { author: null }] });
    expect(body.errors?.map(({ extensions }) => extensions.code)).toContain('SUBGRAPH_INVALID_RESPONSE');
  });
});

describe('an answer of more than 32 MB', () => {
  const listeners: readonly { name: string; listener: RequestListener }[] = [
    {
      name: 'otherwise right',
      listener: (_, response) =>
        void response.end(`${' '.repeat(33 * 1024 * 1024)}{"data":{"_entities":[{"name":"Ada"},{"name":"Grace"}]}}`),
    },
    {
      name: 'without an end',
      listener: (_, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, ' ')));
        };
        response.on('drain', more);
        more();
      },
    },
  ];

  it.each(listeners)('is refused: $name', async ({ listener }) => {
    const patient = await startGateway([people, reviews]);
    people.override = listener;

    const { body } = await patient.post({ query: REVIEWS });
    await patient.stop();

    expect(body.data).toMatchObject({ reviews: [{ id: 'r0', author: { name: null } }, { id: 'r1' }] });
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_INVALID_RESPONSE']);
  });
});

describe('an error that a subgraph wrote', () => {
  it('reaches the client when its code says that it is meant for them', async () => {
    const { body } = await gateway.post({ query: '{ taken }' });

    expect(body).toEqual({
      data: { taken: null },
      errors: [
        {
          message: 'The slot is taken.',
          path: ['taken'],
          extensions: { code: 'CONFLICT', requestId: expect.any(String) },
        },
      ],
    });
  });

  it.each(['broken', 'odd'])('is masked otherwise, in the answer and in the log: %s', async (field) => {
    gateway.logLines.length = 0;

    const { body } = await gateway.post({ query: `{ ${field} }` });

    expect(body.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: [field],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
      },
    ]);
    expect(gateway.logLines.join()).toContain('"subgraph":"reviews"');
    expect(gateway.logLines.join()).not.toMatch(/patients|10\.0\.0\.7/);
  });
});

describe('several instances of a subgraph', () => {
  it('are gone round, and one that cannot be connected to is passed over', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const instances = `http://127.0.0.1:${port}/graphql,${people.url}`;
    const pair = await startGateway([reviews, people], { env: { PEOPLE_SUBGRAPH_URL: instances } });

    const answers = [await pair.post({ query: REVIEWS }), await pair.post({ query: REVIEWS })];

    expect(answers.map(({ body }) => body.errors)).toEqual([undefined, undefined]);
    await pair.stop();
  });
});
