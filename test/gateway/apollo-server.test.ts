import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { getIntrospectionQuery } from 'graphql';
import { createApolloGateway } from '../../gateway/apollo-gateway.ts';
import type { Identity } from '../../wire/identity.ts';
import { startFakeSubgraph, type FakeSubgraph } from './support/fake-subgraph.ts';
import { startReviewSubgraphs } from './support/shop.ts';
import { supergraphOf } from './support/start-gateway.ts';

interface Context {
  readonly user: string | undefined;
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; path?: unknown; extensions: Record<string, unknown> }[];
}

let reviews: FakeSubgraph;
let people: FakeSubgraph;
let staff: FakeSubgraph;
let server: ApolloServer<Context>;
let url: string;
const who = {} as Identity;
const faults: { code: string }[] = [];

beforeAll(async () => {
  ({ reviews, people } = await startReviewSubgraphs());
  staff = await startFakeSubgraph('staff', 'type Query { rota(day: Int! = 1): [String!] @authenticated }', {
    Query: { rota: (_: unknown, { day }: { day: number }) => [`day ${day}`] },
  });
  const gateway = createApolloGateway<Context>({
    supergraphSdl: supergraphOf([reviews, people, staff]),
    headersFor: ({ subgraph, context }) => ({ 'x-user': context.user, 'x-subgraph': subgraph }),
    // One object for everybody, as careless code may have it.
    identityFor: ({ user }) =>
      Object.assign(
        who,
        user === undefined ? { kind: 'anonymous' } : { kind: 'user', subject: user, roles: [], scopes: [] },
      ),
    subgraphTimeoutMs: 2_000,
    reportFault: (fault) => void faults.push(fault),
  });
  server = new ApolloServer<Context>({ gateway, includeStacktraceInErrorResponses: false });
  ({ url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => ({ user: req.headers['x-user'] as string | undefined }),
  }));
});

afterEach(() => {
  people.override = undefined;
  for (const subgraph of [reviews, people, staff]) subgraph.received.length = 0;
  faults.length = 0;
});

afterAll(async () => {
  await server.stop();
  await Promise.all([reviews.stop(), people.stop(), staff.stop()]);
});

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

describe("Apollo Server's own pipeline, on this engine", () => {
  it('joins subgraphs, with aliases, fragments and directives', async () => {
    const query = `query Q($short: Boolean!) { list: reviews { id ...Author } }
      fragment Author on Review { author { called: name nickname @skip(if: $short) } }`;

    const short = await post({ query, variables: { short: true } });
    const long = await post({ query, variables: { short: false } });

    expect(short.body.data).toEqual({
      list: [
        { id: 'r0', author: { called: 'Ada' } },
        { id: 'r1', author: { called: 'Grace' } },
      ],
    });
    expect(long.body.data?.['list']).toEqual([
      { id: 'r0', author: { called: 'Ada', nickname: 'Ada!' } },
      { id: 'r1', author: { called: 'Grace', nickname: 'Grace!' } },
    ]);
  });

  it('answers whole what a client would have deferred', async () => {
    const { body } = await post({ query: '{ reviews { id ... @defer { author { name } } } }' });

    expect(body.data?.['reviews']).toEqual([
      { id: 'r0', author: { name: 'Ada' } },
      { id: 'r1', author: { name: 'Grace' } },
    ]);
  });

  it('runs mutations with variables', async () => {
    const query = 'mutation Add($text: String!) { review(text: $text) { text author { name } } }';

    const { body } = await post({ query, variables: { text: 'Fine' } });

    expect(body).toEqual({ data: { review: { text: 'Fine', author: { name: 'Ada' } } } });
    expect(reviews.received).toHaveLength(1);
  });

  it('picks the operation that is named, and plans each of a document for itself', async () => {
    const query = 'query A { everyone { id } } query B { everyone { name } }';

    const [a, b] = [await post({ query, operationName: 'A' }), await post({ query, operationName: 'B' })];

    expect(a.body.data).toEqual({ everyone: [{ id: 'u1' }, { id: 'u2' }] });
    expect(b.body.data).toEqual({ everyone: [{ name: 'Ada' }, { name: 'Grace' }] });
  });

  it('gives variables their defaults, and refuses what does not fit before anything is sent', async () => {
    const headers = { 'x-user': 'ada' };
    const query = 'query ($day: Int! = 3) { rota(day: $day) }';

    expect((await post({ query }, headers)).body.data).toEqual({ rota: ['day 3'] });
    expect((await post({ query, variables: { day: 4 } }, headers)).body.data).toEqual({ rota: ['day 4'] });
    staff.received.length = 0;
    const refused = await post({ query, variables: { day: 'Monday' } }, headers);

    expect(refused.status).toBe(400);
    expect(refused.body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(staff.received).toEqual([]);
  });

  it('answers introspection', async () => {
    const { body } = await post({ query: getIntrospectionQuery() });

    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body.data)).toContain('"rota"');
    expect(JSON.stringify(body.data)).not.toContain('join__');
  });

  it('refuses what is not valid, in the words of the server', async () => {
    const { status, body } = await post({ query: '{ nothing }' });

    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('what goes wrong', () => {
  it('in a subgraph passes with its message and its extensions', async () => {
    const { body } = await post({ query: '{ taken odd }' });

    expect(body.data).toEqual({ taken: null, odd: null });
    expect(body.errors).toEqual([
      { message: 'The slot is taken.', path: ['taken'], extensions: { code: 'CONFLICT', serviceName: 'reviews' } },
      {
        message: 'http://10.0.0.7/secret',
        path: ['odd'],
        extensions: { code: 'MY_OWN_CODE', serviceName: 'reviews' },
      },
    ]);
  });

  it('on the way to a subgraph has a code, and no address; the rest of the answer is there', async () => {
    people.override = (request) => void request.socket.destroy();

    const { body } = await post({ query: '{ reviews { id author { name } } }' });

    expect(body.data?.['reviews']).toEqual([
      { id: 'r0', author: { name: null } },
      { id: 'r1', author: { name: null } },
    ]);
    expect(body.errors).toEqual([
      {
        message: 'A part of the platform cannot be reached at the moment.',
        path: ['reviews'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'people' },
      },
    ]);
    expect(faults.map(({ code }) => code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
  });
});

describe('who is asking', () => {
  it('is told to subgraphs in the headers that the gateway was given', async () => {
    await post({ query: '{ reviews { author { name } } }' }, { 'x-user': 'eve' });

    expect(reviews.received[0]?.headers).toMatchObject({ 'x-user': 'eve', 'x-subgraph': 'reviews' });
    expect(people.received[0]?.headers).toMatchObject({ 'x-user': 'eve', 'x-subgraph': 'people' });
  });

  it('never shares an answer with somebody else', async () => {
    let release: () => void = () => undefined;
    people.mayAnswer = new Promise((resolve) => (release = resolve));

    const answers = ['ada', 'ada', 'eve'].map((user) => post({ query: '{ everyone { id } }' }, { 'x-user': user }));
    const users = () => new Set(people.received.map(({ headers }) => headers['x-user']));
    while (users().size < 2) await new Promise(setImmediate);
    release();
    people.mayAnswer = undefined;
    await Promise.all(answers);

    expect(users()).toEqual(new Set(['ada', 'eve']));
  });

  it('decides what may be asked, in each request anew', async () => {
    const granted = await post({ query: '{ rota }' }, { 'x-user': 'ada' });
    staff.received.length = 0;
    const refused = await post({ query: '{ rota }' });

    expect(granted.body).toEqual({ data: { rota: ['day 1'] } });
    expect(refused.body.data ?? null).toBeNull();
    expect(refused.body.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(staff.received).toEqual([]);
  });
});

describe('the gateway that Apollo Server is given', () => {
  it('is refused at once for a supergraph that cannot be served', () => {
    expect(() => createApolloGateway({ supergraphSdl: 'type Query { a: Int }' })).toThrow();
  });

  it('brings no other GraphQL server along', async () => {
    const { metafile } = await build({
      entryPoints: ['gateway/apollo-gateway.ts', 'gateway/main.ts'],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      outdir: 'unwritten',
      write: false,
      metafile: true,
    });

    const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imported).toContain('graphql');
    expect(imported.filter((path) => /^@apollo\/(server|gateway)/.test(path))).toEqual([]);
  });
});
