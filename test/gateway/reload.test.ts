import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rename, rm, symlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { descendantsOf } from '../support/processes.ts';
import type { FakeSubgraph } from './support/fake-subgraph.ts';
import { startReviewSubgraphs } from './support/shop.ts';
import { startGateway, supergraphOf, type TestGateway } from './support/start-gateway.ts';
import { eventually, renameOver, withMore } from './support/supergraph-file.ts';

let reviews: FakeSubgraph;
let people: FakeSubgraph;
let gateway: TestGateway;

beforeEach(async () => {
  ({ reviews, people } = await startReviewSubgraphs());
  gateway = await startGateway([reviews, people], { env: { SUPERGRAPH_POLL_MS: '100' } });
});

afterEach(async () => {
  await gateway.stop();
  await Promise.all([reviews.stop(), people.stop()]);
});

const TITLE = '{ __type(name: "Person") { fields { name } } }';
const withTitle = () => supergraphOf([reviews, withMore(people, 'extend type Person { title: String }')]);

async function knowsTitle(): Promise<boolean> {
  return JSON.stringify((await gateway.post({ query: TITLE })).body).includes('title');
}

async function reloads(outcome: string): Promise<number> {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return Number(new RegExp(`supergraph_reloads_total{outcome="${outcome}"} (\\d+)`).exec(text)?.[1] ?? 0);
}

const told = (text: string) => gateway.logLines.filter((line) => line.includes(text));

describe('a supergraph file that changes', () => {
  it.each([
    ['is renamed over', renameOver],
    ['is written in place', (file: string, text: string) => writeFile(file, text)],
    [
      'becomes a link',
      async (file: string, text: string) => {
        await writeFile(`${file}.elsewhere`, text);
        await symlink(`${file}.elsewhere`, `${file}.link`);
        await rename(`${file}.link`, file);
      },
    ],
  ])('is taken up when it %s', async (_how, change) => {
    expect(await knowsTitle()).toBe(false);

    await change(gateway.supergraphFile, withTitle());

    await eventually(knowsTitle);
    expect(await reloads('applied')).toBe(1);
    expect(told('a new supergraph is in force')).toHaveLength(1);
  });

  it('is not taken up when it holds the same as before', async () => {
    await renameOver(gateway.supergraphFile, supergraphOf([reviews, people]));
    await renameOver(gateway.supergraphFile, withTitle());
    await eventually(knowsTitle);

    expect(await reloads('applied')).toBe(1);
  });

  it('keeps a document callable by its hash', async () => {
    const query = '{ everyone { id } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await gateway.post({ query, extensions });

    await renameOver(gateway.supergraphFile, withTitle());
    await eventually(knowsTitle);

    expect((await gateway.post({ extensions })).body).toEqual({ data: { everyone: [{ id: 'u1' }, { id: 'u2' }] } });
  });
});

describe('a supergraph that cannot be used', () => {
  it.each([
    ['is no GraphQL', (good: string) => `${good}\ntype {`, /Syntax Error: .*\(.*supergraph\.graphql:\d+:6\)/],
    ['is cut off', (good: string) => good.slice(0, good.length / 2), /Syntax Error/],
    ['is empty', () => '', /Syntax Error: Unexpected <EOF>/],
    ['is a schema, but no supergraph', () => 'type Query { a: Int }', /\S/],
    ['names a type that is not there', (good: string) => good.replace('name: String', 'name: Strin'), /Strin/],
    [
      'has no address of a subgraph',
      (good: string) => good.replace(/(graph\(name: "people", url: )"[^"]*"/i, '$1""'),
      /no URL is known.*people/,
    ],
  ])('leaves the last good one in force, and is told of once: one that %s', async (_name, broken, reason) => {
    await renameOver(gateway.supergraphFile, broken(withTitle()));
    await eventually(async () => (await reloads('refused')) === 1);

    expect((await gateway.post({ query: '{ everyone { name } }' })).body.errors).toBeUndefined();
    await renameOver(gateway.supergraphFile, withTitle());
    await eventually(knowsTitle);
    const lines = told('the last good one stays in force');
    expect(lines).toHaveLength(1);
    const { level, reasons } = JSON.parse(lines[0] ?? '') as { level: number; reasons: string[] };
    expect(level).toBe(50);
    expect(reasons.join('\n')).toMatch(reason);
  });

  it('is told of once when its file is gone, until it is there again', async () => {
    await rm(gateway.supergraphFile);
    await eventually(async () => (await reloads('unreadable')) === 1);

    expect((await gateway.post({ query: '{ everyone { name } }' })).body.errors).toBeUndefined();
    await renameOver(gateway.supergraphFile, withTitle());
    await eventually(knowsTitle);
    expect(told('cannot be read')).toHaveLength(1);
  });
});

describe('a request in flight while the supergraph changes', () => {
  it('ends where it began: a mutation is sent once, and answered, though the new supergraph does not have it', async () => {
    let release: () => void = () => undefined;
    reviews.mayAnswer = new Promise((resolve) => (release = resolve));
    const answer = gateway.post({ query: 'mutation { review(text: "x") { id author { name } } }' });
    await eventually(() => reviews.received.length === 1);

    await renameOver(gateway.supergraphFile, supergraphOf([people]));
    await eventually(async () => (await reloads('applied')) === 1);
    const refused = await gateway.post({ query: 'mutation { review(text: "x") { id } }' });
    release();

    expect((await answer).body).toEqual({ data: { review: { id: 'r9', author: { name: 'Ada' } } } });
    expect(refused.body.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(reviews.received).toHaveLength(1);
  });
});

describe('operations that clients asked for lately', () => {
  it('are planned before a new supergraph is in force, and need no planner then', async () => {
    await gateway.stop();
    gateway = await startGateway([reviews, people], { env: { SUPERGRAPH_POLL_MS: '100', QUERY_PLANNER: 'hive' } });
    const query = 'query ($no: Boolean!) { reviews { id author { name @skip(if: $no) } } }';
    const asked = { query, variables: { no: false } };
    for (const _time of [1, 2]) expect((await gateway.post(asked)).status).toBe(200);
    for (const sdl of [withTitle(), supergraphOf([reviews, people])]) {
      const before = await reloads('applied');
      await renameOver(gateway.supergraphFile, sdl);
      await eventually(async () => (await reloads('applied')) > before);
    }
    const stopped = planners();
    expect(stopped).toHaveLength(1);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');

    const { status, body } = await gateway.post(asked);

    expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined });
    // A planner that is asked and does not answer is ended, and another one started.
    expect(planners()).toEqual(stopped);
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
  });
});

function planners(): readonly number[] {
  return descendantsOf(process.pid).flatMap(({ pid, command }) => (command.includes('planner-main') ? [pid] : []));
}

describe('a hundred reloads under load', () => {
  it('fail no request, and leave one engine in memory', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', 'test/gateway/support/reload-main.ts'],
      { env: { PATH: process.env['PATH'] } },
    );

    const { failed, answered, before, after } = JSON.parse(stdout) as {
      failed: unknown;
      answered: number;
      before: AtRest;
      after: AtRest;
    };
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(500);
    expect(after.engines).toEqual(before.engines);
    expect(after.heapMiB - before.heapMiB).toBeLessThan(10);
  }, 180_000);
});

interface AtRest {
  readonly heapMiB: number;
  readonly engines: Readonly<Record<string, number>>;
}
