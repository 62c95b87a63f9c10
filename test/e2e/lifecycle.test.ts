import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { descendantsOf, isRunning } from '../support/processes.ts';
import { startPlatform, type TestPlatform } from '../support/platform.ts';

const DIRECTORY = '{"query":"{ doctors(first: 1) { totalCount } }"}';

describe('the platform as a whole', () => {
  let platform: TestPlatform;

  beforeEach(async () => {
    platform = await startPlatform();
  }, 120_000);

  afterEach(() => platform.stop());

  const directory = async (): Promise<string | undefined> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${platform.url}/graphql`, { method: 'POST', headers, body: DIRECTORY });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return errors?.[0]?.extensions.code;
  };

  const processOf = (name: string): number => {
    const row = descendantsOf(platform.pid).find(({ command }) => command.includes(`subgraphs/${name}/main.js`));
    if (row === undefined) throw new Error(`${name} does not run`);
    return row.pid;
  };

  it('starts a killed subgraph again, says in the meantime which one is away, and stops without a trace', async () => {
    const killed = processOf('doctors');
    expect(await directory()).toBeUndefined();

    process.kill(killed, 'SIGKILL');
    await until(async () => (await directory()) === 'SUBGRAPH_UNAVAILABLE');
    await until(async () => (await directory()) === undefined);
    expect(processOf('doctors')).not.toBe(killed);

    const family = descendantsOf(platform.pid);
    expect(family.length).toBeGreaterThan(8);
    process.kill(platform.pid, 'SIGINT');
    expect(await platform.exited).toBe(0);
    expect(family.filter(({ pid }) => isRunning(pid))).toEqual([]);
  }, 60_000);

  it('names the port that somebody else uses, and does not start', () => {
    const port = new URL(platform.url).port;
    const args = [
      'dist/platform/main.js',
      '--port',
      port,
      '--subgraph-port',
      '0',
      '--data',
      `${platform.dataDir}/other`,
    ];
    const second = spawnSync(process.execPath, args, { encoding: 'utf8' });

    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`Port ${port} is in use`);
  });
});

/** Resolves when the condition holds; a test that waits in vain fails by its timeout. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(50);
}
