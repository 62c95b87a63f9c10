import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLibrary } from '../differential/library/library-graph.ts';
import { serveSubgraph, type ServedSubgraph } from '../differential/made-up/serve-subgraph.ts';
import { subgraphSchema } from '../differential/made-up/subgraph-schema.ts';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { startGateway, type TestGateway } from './support/start-gateway.ts';
import { eventually } from './support/supergraph-file.ts';

let subgraphs: readonly ServedSubgraph[];
let gateway: TestGateway | undefined;

beforeEach(async () => {
  const graph = createLibrary();
  subgraphs = await Promise.all(
    graph.subgraphs.map(({ name }) =>
      serveSubgraph(
        name,
        subgraphSchema(() => graph, name),
      ),
    ),
  );
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await Promise.all(subgraphs.map(({ stop }) => stop()));
});

async function start(env: Record<string, string>): Promise<TestGateway> {
  gateway = await startGateway(subgraphs, { env });
  return gateway;
}

/** The processes of planners below a process. */
function plannersOf(pid: number): number[] {
  return descendantsOf(pid).flatMap((row) => (row.command.includes('planner-main') ? [row.pid] : []));
}

/** The process of the planner that was started first. */
function firstPlanner(): number {
  const [pid] = plannersOf(process.pid);
  if (pid === undefined) throw new Error('no planner has a process');
  return pid;
}

/** Apollo's planner follows it until the memory is full, for minutes. */
const ENDLESS = 'mutation { rate(media: "m5") { media { ... on Book { shelfMark } } } }';
/** The native planner forgets the stars of books; Apollo's finds no way; ours does. */
const OF_ANOTHER_TYPE = '{ ratings { media { ... on Book { stars verdict } ... on Song { year } } } }';
/** The native planner finds no path. */
const PATHLESS = '{ ratings { media { ... on Book { author { name } } } } }';

interface Rated {
  readonly media: Readonly<Record<string, unknown>> | null;
}

/** What `OF_ANOTHER_TYPE` asks for of a rating. */
function ofAnotherType({ media }: Rated): Rated {
  if (media === null) return { media };
  const { __typename: type, stars, verdict, year } = media;
  return { media: type === 'Book' ? { stars, verdict } : type === 'Song' ? { year } : {} };
}

/** More than is planned at hand. */
const LARGE = `{ people { ${'...F '.repeat(1_500)} } } fragment F on Person { name nick }`;

describe('planning', () => {
  it('is done at hand, without any other process, also where the other planners find no way', async () => {
    const { post } = await start({});

    for (const query of [ENDLESS, PATHLESS, OF_ANOTHER_TYPE, '{ desk { open } }'])
      expect((await post({ query })).body.errors).toBeUndefined();
    expect(plannersOf(process.pid)).toEqual([]);
  });

  it('is left to the other planners where an operation is large', async () => {
    const { post } = await start({});

    const { body } = await post({ query: LARGE });

    expect(body.errors).toBeUndefined();
    expect(plannersOf(process.pid)).toHaveLength(1);
  });

  it('goes on in a new process when an operation takes too long, and the other planner plans that one', async () => {
    const { post, logLines } = await start({ QUERY_PLANNER: 'apollo', QUERY_PLANNER_TIMEOUT_MS: '1500' });
    const [first] = plannersOf(process.pid);

    const [endless, ...others] = await Promise.all(
      [ENDLESS, '{ desk { open } }', '{ newest { id } }', '{ people { born } }'].map((query) => post({ query })),
    );

    expect(endless?.body).toMatchObject({ data: { rate: { media: { shelfMark: expect.any(String) } } } });
    expect(others.map(({ body }) => body.errors)).toEqual([undefined, undefined, undefined]);
    expect(plannersOf(process.pid)).not.toContain(first);
    expect(logLines.filter((line) => line.includes('the process of the planner'))).toHaveLength(1);
  }, 60_000);

  it("is done by Apollo's planner where the native one finds no plan", async () => {
    const { post } = await start({ QUERY_PLANNER: 'hive' });
    expect(plannersOf(process.pid)).toHaveLength(1);

    const { body } = await post({ query: PATHLESS });

    expect(body.errors).toBeUndefined();
    expect(plannersOf(process.pid)).toHaveLength(2);
  });

  it('refuses what is new while too many operations wait for the planner, and says when to come again', async () => {
    const { url } = await start({ QUERY_PLANNER: 'hive', QUERY_PLANNER_TIMEOUT_MS: '60000' });
    const planner = firstPlanner();
    const enough = new AbortController();
    const post = async (query: string): Promise<Response> =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal: enough.signal,
      });
    process.kill(planner, 'SIGSTOP');

    const refused = await Promise.any(
      Array.from({ length: 1_010 }, async (_, index) => post(`{ desk { a${index}: open } }`)),
    ).finally(() => process.kill(planner, 'SIGCONT'));

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    enough.abort();
  }, 60_000);

  it('finds a way from objects known by an interface to another interface by the types that have both', async () => {
    const { post } = await start({});
    const loans = 'loans(first: 1) { number }';

    const { body } = await post({ query: `{ topRated { __typename ... on Loanable { ${loans} } } }` });
    const named = await post({
      query: `{ topRated { __typename ... on Book { ${loans} } ... on Film { ${loans} } } }`,
    });

    expect(body).toEqual(named.body);
    expect(body.data).toMatchObject({ topRated: expect.arrayContaining([{ __typename: 'Song' }]) as unknown });
    expect(JSON.stringify(body.data)).toContain('{"__typename":"Book","loans":');
  });

  it('is done by the third where the plans of the others would leave out some objects by their type', async () => {
    const { post, logLines } = await start({ QUERY_PLANNER: 'hive' });

    const { body } = await post({ query: OF_ANOTHER_TYPE });
    const { body: others } = await post({ query: '{ ratings { media { __typename stars verdict year } } }' });

    expect(body.errors).toBeUndefined();
    expect(body.data).toEqual({ ratings: (others.data?.['ratings'] as readonly Rated[]).map(ofAnotherType) });
    expect(JSON.stringify(body.data)).toMatch(/"stars":.*"year":|"year":.*"stars":/);
    expect(plannersOf(process.pid)).toHaveLength(3);
    expect(logLines.join('\n')).not.toContain('OPERATION_TOO_COMPLEX');
  });

  it('survives that its process is killed', async () => {
    const { post } = await start({ QUERY_PLANNER: 'hive' });
    for (const query of ['{ desk { open } }', '{ newest { id } }']) {
      const pid = firstPlanner();
      process.kill(pid, 'SIGKILL');

      expect((await post({ query })).body.errors).toBeUndefined();
      expect(plannersOf(process.pid)).not.toContain(pid);
    }
  });

  it('tells a client once what no planner plans', async () => {
    const { post, logLines } = await start({ QUERY_PLANNER: 'hive', QUERY_PLANNER_TIMEOUT_MS: '1000' });
    await post({ query: OF_ANOTHER_TYPE });
    for (const pid of plannersOf(process.pid)) process.kill(pid, 'SIGSTOP');

    const { status, body } = await post({ query: ENDLESS });

    expect(status).toBe(400);
    expect(body.errors?.map(({ message, extensions: { code } }) => ({ message, code }))).toEqual([
      {
        message: 'The operation takes too much to plan: ask for less at once, in several operations.',
        code: 'OPERATION_TOO_COMPLEX',
      },
    ]);
    expect(logLines.filter((line) => line.includes('too long'))).toHaveLength(1);
  });

  it('leaves no process behind when the gateway stops', async () => {
    const { post, stop } = await start({ QUERY_PLANNER: 'hive' });
    await post({ query: PATHLESS });
    const pids = plannersOf(process.pid);

    await stop();

    expect(pids).toHaveLength(2);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('leaves no process behind when the gateway is killed', async () => {
    const args = ['dist/gateway/main.js', '--supergraph', 'supergraph.graphql', '--port', '0'];
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'], QUERY_PLANNER: 'hive' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data'); // that it answers is the first thing that it says
    const planners = plannersOf(child.pid ?? 0);

    child.kill('SIGKILL');

    expect(planners).toHaveLength(1);
    await eventually(() => !planners.some(isRunning));
  }, 60_000);
});
