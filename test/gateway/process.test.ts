import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../platform/free-port.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts the gateway as a process of its own, and collects what it prints. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['dist/gateway/main.js', ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let printed = '';
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const isPrinted = (text: string, times = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (chunk: Buffer | string): void => {
        printed += chunk.toString();
        if (printed.split(text).length > times) resolve();
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      void exited.then(() => reject(new Error(`ended before it printed "${text}":\n${printed}`)));
    });
  return { child, exited, isPrinted, printed: () => printed };
}

async function takenPort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, free: () => new Promise((resolve) => server.close(resolve)) };
}

describe('the process of the gateway', () => {
  it('stops at once with every bad setting in one message', async () => {
    const { exited, isPrinted, printed } = start([], { PORT: 'x', LOG_LEVEL: 'loud' });
    await isPrinted('LOG_LEVEL').catch(() => undefined);

    expect(await exited).toBe(1);
    expect(printed()).toMatch(/PORT: .*\n {2}LOG_LEVEL: /);
  });

  it.each([
    ['no-such-file.graphql', 'The supergraph no-such-file.graphql cannot be used (SUPERGRAPH, --supergraph): ENOENT'],
    ['package.json', 'The supergraph package.json cannot be used (SUPERGRAPH, --supergraph): Syntax Error'],
    ['operations/partner.graphql', 'The supergraph operations/partner.graphql cannot be used'],
  ])('says in one sentence why it cannot serve %s, without a stack', async (file, sentence) => {
    const { exited, isPrinted, printed } = start(['--supergraph', file, '--port', '0']);
    await isPrinted(sentence);

    expect(await exited).toBe(1);
    expect(printed()).not.toMatch(/^ +at /m);
  });

  it('names a port that is taken', async () => {
    const { port, free } = await takenPort();
    const { exited, isPrinted } = start(['--supergraph', 'supergraph.graphql', '--port', `${port}`]);

    await isPrinted(`Port ${port} is in use`);

    expect(await exited).toBe(1);
    await free();
  });

  it('serves from several processes, with one key for assertions, and ends them all on SIGTERM', async () => {
    const port = await freePort();
    const { child, exited, isPrinted } = start([
      '--supergraph',
      'supergraph.graphql',
      '--port',
      `${port}`,
      '--workers',
      '2',
    ]);
    await isPrinted('the gateway answers at', 2);

    const url = `http://127.0.0.1:${port}/.well-known/assertion-jwks.json`;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => fetch(url, { headers: { connection: 'close' } })),
    );
    const keys = new Set(await Promise.all(answers.map((answer) => answer.text())));
    child.kill('SIGTERM');

    expect(keys.size).toBe(1);
    expect(await exited).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  }, 60_000);
});
