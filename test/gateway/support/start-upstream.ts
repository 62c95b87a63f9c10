import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { UPSTREAM_TYPE_DEFS } from './upstream-schema.ts';

/** A subgraph in another process, which sends its events itself. */
export interface Upstream {
  readonly name: 'ticks';
  readonly url: string;
  readonly typeDefs: typeof UPSTREAM_TYPE_DEFS;
  readonly emit: (n: number, topic?: string) => Promise<void>;
  readonly state: () => Promise<{ listeners: string[]; begun: number }>;
  /** At once, as a crash would be. */
  readonly kill: () => Promise<void>;
  /** Starts it again, at the same port. */
  readonly restart: () => Promise<void>;
  /** Lets it stand still, connections and all. */
  readonly freeze: () => void;
}

export async function startUpstream(): Promise<Upstream> {
  let { child, port } = await startProcess(0);
  const origin = `http://127.0.0.1:${port}`;
  return {
    name: 'ticks',
    url: `${origin}/graphql`,
    typeDefs: UPSTREAM_TYPE_DEFS,
    emit: async (n, topic = 'all') => {
      await fetch(`${origin}/emit`, { method: 'POST', body: JSON.stringify({ topic, n }) });
    },
    state: async () => (await fetch(`${origin}/state`)).json() as Promise<{ listeners: string[]; begun: number }>,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    restart: async () => {
      ({ child, port } = await startProcess(port));
    },
    freeze: () => void child.kill('SIGSTOP'),
  };
}

async function startProcess(port: number): Promise<{ child: ChildProcess; port: number }> {
  const main = 'test/gateway/support/upstream-main.ts';
  const child = spawn(process.execPath, ['--import', 'tsx', main, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, port: (JSON.parse(line) as { port: number }).port };
}
