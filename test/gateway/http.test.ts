import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { answerOf, startGateway, type TestGateway } from './support/start-gateway.ts';

const FRONTEND = 'https://app.example';
const JSON_TYPE = { 'content-type': 'application/json' };

let subgraph: FakeSubgraph;
let gateway: TestGateway;

beforeAll(async () => {
  subgraph = await startFakeSubgraph(
    'hello',
    `scalar Any
    type Query { hello: String node: Node any(value: Any): Any }
    type Node { node: Node id: ID nodes(first: Int): [Node] }`,
    {
      Query: { hello: () => 'world' },
    },
  );
  gateway = await startGateway([subgraph], {
    env: { FRONTEND_URL: `${FRONTEND}/start`, ADMIN_URL: 'https://admin.example' },
  });
});

afterAll(async () => {
  await gateway.stop();
  await subgraph.stop();
});

const send = (init: RequestInit): Promise<Response> => fetch(`${gateway.url}/graphql`, init);
const codeOf = async (response: Response) => (await answerOf(response)).body.errors?.[0]?.extensions.code;

describe('a request that is not one', () => {
  const cases: readonly { name: string; status: number; init: RequestInit }[] = [
    { name: 'a form', status: 415, init: { method: 'POST', body: new URLSearchParams({ query: '{ hello }' }) } },
    { name: 'plain text', status: 415, init: { method: 'POST', body: '{"query":"{ hello }"}' } },
    {
      name: 'a batch',
      status: 400,
      init: { method: 'POST', headers: JSON_TYPE, body: '[{"query":"{ hello }"},{"query":"{ hello }"}]' },
    },
    { name: 'bad JSON', status: 400, init: { method: 'POST', headers: JSON_TYPE, body: '{"query":' } },
    {
      name: 'more than a mebibyte',
      status: 413,
      init: { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query: `# ${'x'.repeat(1024 * 1024)}` }) },
    },
    { name: 'another method', status: 405, init: { method: 'PUT', headers: JSON_TYPE, body: '{"query":"{ hello }"}' } },
  ];

  it.each(cases)('is refused with $status: $name', async ({ status, init }) => {
    subgraph.received.length = 0;

    const response = await send(init);

    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe('BAD_USER_INPUT');
    expect(subgraph.received).toHaveLength(0);
  });

  it.each([
    { site: 'cross-site', mode: 'no-cors', status: 403 },
    { site: 'cross-site', mode: 'navigate', status: 403 },
    { site: 'same-origin', mode: 'navigate', status: 200 },
    { site: 'cross-site', mode: 'cors', status: 200 },
  ])('is a GET that a page of another site embeds: $site $mode', async ({ site, mode, status }) => {
    const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode };

    const answered = await new Promise((resolve) => {
      const url = `${gateway.url}/graphql?query=%7Bhello%7D`;
      httpRequest(url, { headers }, (response) => resolve(response.resume().statusCode)).end();
    });

    expect(answered).toBe(status);
  });

  it('is refused as soon as it is too large, when it does not say how large it is', async () => {
    const answered = await new Promise((resolve, reject) => {
      const client = httpRequest(`${gateway.url}/graphql`, { method: 'POST', headers: JSON_TYPE });
      client.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      client.write(Buffer.alloc(1024 * 1024 + 1, ' '));
    });

    expect(answered).toBe(413);
  });
});

describe('an operation that is too large', () => {
  const nested = (levels: number): string => `{ node ${'{ node '.repeat(levels)} { id } ${'}'.repeat(levels)} }`;
  const bomb = (levels: number): string =>
    Array.from({ length: levels }, (_, i) => `fragment f${i} on Node { ...f${i + 1} ...f${i + 1} }`).join(' ');
  const cases: readonly { name: string; query: string }[] = [
    { name: 'deep', query: nested(25) },
    { name: 'many aliases', query: `{ ${Array.from({ length: 101 }, (_, i) => `node { a${i}: id }`).join(' ')} }` },
    { name: 'many root fields', query: `{ ${'hello '.repeat(51)} }` },
    { name: 'many tokens', query: `{ ${'hello '.repeat(10_001)} }` },
    { name: 'brackets of fields', query: `${'{ node '.repeat(3_000)}${'}'.repeat(3_000)}` },
    { name: 'brackets of lists', query: `{ hello(a: ${'['.repeat(4_000)}${']'.repeat(4_000)}) }` },
    { name: 'brackets of fragments', query: `{${'... {'.repeat(3_000)} hello ${'}'.repeat(3_001)}` },
    { name: 'fragments that double', query: `{ node { ...f0 } } ${bomb(40)} fragment f40 on Node { id }` },
  ];

  it.each(cases)('is refused before it is validated: $name', async ({ query }) => {
    const { status, body } = await gateway.post({ query });

    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]);
  });

  it('is refused when its answer would be: pages within pages', async () => {
    subgraph.received.length = 0;

    const { status, body } = await gateway.post({
      query: `query ($n: Int) { node { ${'nodes(first: $n) { '.repeat(5)} id ${'}'.repeat(5)} } }`,
      variables: { n: 20 },
    });

    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }]);
    expect(subgraph.received).toHaveLength(0);
  });

  it('is refused when a variable nests too deep', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

    const response = await send({
      method: 'POST',
      headers: JSON_TYPE,
      body: `{"query":"query ($any: Any) { any(value: $any) }","variables":{"any":${deep}}}`,
    });

    expect(await codeOf(response)).toBe('BAD_USER_INPUT');
  });

  it('leaves fragments that go in circles to validation', async () => {
    const { body } = await gateway.post({
      query: '{ node { ...a } } fragment a on Node { ...b } fragment b on Node { ...a }',
    });

    expect(body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('the choice of an operation', () => {
  const query = 'query A { hello } query B { b: hello }';

  it('is by name, where there are several', async () => {
    expect((await gateway.post({ query, operationName: 'B' })).body).toEqual({ data: { b: 'world' } });
  });

  it.each([undefined, 'C'])('is refused when the name is %s', async (operationName) => {
    const { status, body } = await gateway.post({ query, operationName });

    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    send({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  it.each([FRONTEND, 'https://admin.example'])('may ask when the operator named them: %s', async (origin) => {
    const asked = await preflight(origin);
    const answered = await send({ method: 'POST', headers: { ...JSON_TYPE, origin }, body: '{"query":"{ hello }"}' });

    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answered.headers.get('vary')).toBe('origin');
  });

  it('are told nothing otherwise', async () => {
    const asked = await preflight('https://evil.example');

    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    expect(asked.headers.get('access-control-allow-headers')).toBeNull();
  });
});

describe('the id of a request', () => {
  const idFor = async (sent: string): Promise<string | null> =>
    (
      await send({ method: 'POST', headers: { ...JSON_TYPE, 'x-request-id': sent }, body: '{"query":"{"}' })
    ).headers.get('x-request-id');

  it('is the one that the client sent, where that is harmless', async () => {
    expect(await idFor('mobile-42.a_b')).toBe('mobile-42.a_b');
  });

  it.each(['<script>', 'a b', 'x'.repeat(65)])('is a new one otherwise: %s', async (sent) => {
    expect(await idFor(sent)).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the other paths', () => {
  it.each(['/health', '/health/live', '/health/ready', '/ready'])('%s answers 200', async (path) => {
    const response = await fetch(gateway.url + path);

    expect(response.status).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('/health/services tells of every subgraph, and of one that is down with 503', async () => {
    const up = await fetch(`${gateway.url}/health/services`);
    subgraph.override = (_request, response) => void response.writeHead(500).end();
    const down = await fetch(`${gateway.url}/health/services`);
    subgraph.override = undefined;

    expect(up.status).toBe(200);
    expect(await up.json()).toEqual({
      status: 'up',
      services: { hello: { status: 'up', latencyMs: expect.any(Number), instances: 1, instancesUp: 1 } },
    });
    expect(down.status).toBe(503);
    expect(await down.json()).toMatchObject({ services: { hello: { status: 'down' } } });
  });

  it('/metrics counts operations and fetches, and names nobody', async () => {
    await gateway.post({ query: 'query SecretName { hello }' });
    await gateway.post({ query: '{' });

    const text = await (await fetch(`${gateway.url}/metrics`)).text();

    expect(text).toMatch(/caregraph_gateway_operation_duration_seconds_count\{kind="query",outcome="ok"\} \d/);
    expect(text).toMatch(/operation_duration_seconds_count\{kind="unknown",outcome="GRAPHQL_PARSE_FAILED"\} \d/);
    expect(text).toMatch(/subgraph_fetch_duration_seconds_count\{subgraph="hello",outcome="ok"\} \d/);
    expect(text).toMatch(/^caregraph_gateway_requests_waiting 0$/m);
    expect(text).not.toContain('SecretName');
  });

  it.each(['/', '/nothing', '/graphql/x'])('%s is 404, in JSON', async (path) => {
    const response = await fetch(gateway.url + path);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'There is nothing at this path.' });
  });

  it('know their methods', async () => {
    const response = await fetch(`${gateway.url}/metrics`, { method: 'DELETE' });

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('a gateway that hides its schema', () => {
  it('answers no introspection and suggests no names', async () => {
    const hidden = await startGateway([subgraph], { env: { INTROSPECTION: 'off' } });

    const [asked, guessed] = [
      await hidden.post({ query: '{ __schema { types { name } } }' }),
      await hidden.post({ query: '{ helo }' }),
    ];

    expect(asked.body).not.toHaveProperty('data');
    expect(guessed.body.errors).toMatchObject([
      { message: 'Cannot query field "helo" on type "Query".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    await hidden.stop();
  });
});

describe('a gateway that is told to stop', () => {
  it('ends what is in flight, closes connections, and takes no more', async () => {
    const stopping = await startGateway([subgraph]);
    let finish = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      subgraph.override = (_request, response) => {
        finish = () => void response.end('{"data":{"hello":"late"}}');
        resolve();
      };
    });
    const inFlight = fetch(`${stopping.url}/graphql`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: '{"query":"{ hello }"}',
    });
    await asked;

    const stopped = stopping.stop();
    const refused = await fetch(`${stopping.url}/health`).then(
      () => 'taken',
      () => 'refused',
    );
    finish();

    expect(await (await inFlight).json()).toEqual({ data: { hello: 'late' } });
    expect(refused).toBe('refused');
    await stopped;
    subgraph.override = undefined;
  });
});

describe('a client that goes away', () => {
  it('takes its request to the subgraph along', async () => {
    const aborted = new Promise<void>((resolve) => {
      subgraph.override = (request) => void request.socket.once('close', () => resolve());
    });
    subgraph.received.length = 0;
    gateway.logLines.length = 0;
    const client = httpRequest(`${gateway.url}/graphql`, { method: 'POST', headers: JSON_TYPE });
    client.on('error', () => undefined).end('{"query":"{ hello }"}');
    while (subgraph.received.length === 0) await new Promise((resolve) => setImmediate(resolve));

    client.destroy();

    await aborted;
    subgraph.override = undefined;
    expect(subgraph.received).toHaveLength(1);
    expect(gateway.logLines).toEqual([]);
  });
});
