import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { processFile } from '../lib/process-file.ts';
import { readSupergraph, type SupergraphReading } from './read-supergraph.ts';
import { SupergraphRefused, type RefusalReason } from './supergraph-refused.ts';

/** What the process that reads supergraphs says of one. */
export type FromReader =
  | { readonly kind: 'read'; readonly reading: SupergraphReading }
  | { readonly kind: 'refused'; readonly reasons: readonly RefusalReason[] };

/** Reads supergraphs in a process of its own. */
export interface SupergraphReader {
  /** One at a time. Rejects with `SupergraphRefused` where the supergraph cannot be used. */
  read(sdl: string): Promise<SupergraphReading>;
  /** Ends the process, if there is one; settles when it has ended. */
  close(): Promise<void>;
}

const MAIN = processFile('supergraph/reader-main.js');
const LIMIT_MS = 30_000;

/** Makes a reader, whose process starts when it is needed and ends when it has not been for a while: its memory is for nothing then. */
export function createSupergraphReader(lingerMs: number): SupergraphReader {
  let inUse: ChildProcess | undefined;
  let rest: NodeJS.Timeout | undefined;

  function begun(): ChildProcess {
    const child = start();
    child.once('exit', () => {
      if (inUse === child) inUse = undefined;
    });
    return child;
  }

  async function close(): Promise<void> {
    clearTimeout(rest);
    const ending = inUse;
    inUse = undefined;
    if (ending !== undefined) await end(ending);
  }

  return {
    async read(sdl) {
      clearTimeout(rest);
      const child = (inUse ??= begun());
      const answer = await ask(child, sdl);
      if (answer === undefined) {
        await close();
        return readSupergraph(sdl); // Requests that wait are better than a supergraph that is not taken up.
      }
      rest = setTimeout(() => void close(), lingerMs).unref();
      if (answer.kind === 'read') return answer.reading;
      throw new SupergraphRefused(answer.reasons);
    },
    close,
  };
}

function start(): ChildProcess {
  const child = fork(MAIN, [], {
    serialization: 'advanced',
    cwd: dirname(MAIN),
    execArgv: [],
    env: { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('error', () => undefined); // told to whoever asks, by its end
  child.unref();
  child.channel?.unref();
  return child;
}

/** What the process answers; undefined where it ends before, or takes too long. */
async function ask(child: ChildProcess, sdl: string): Promise<FromReader | undefined> {
  return new Promise((resolve) => {
    const giveUp = (): void => settle(undefined);
    const timer = setTimeout(giveUp, LIMIT_MS);
    const settle = (answer: FromReader | undefined): void => {
      clearTimeout(timer);
      child
        .off('message', settle as (message: unknown) => void)
        .off('exit', giveUp)
        .off('error', giveUp);
      resolve(answer);
    };
    child
      .once('message', settle as (message: unknown) => void)
      .once('exit', giveUp)
      .once('error', giveUp);
    if (!child.connected) giveUp();
    else child.send(sdl, (error) => (error === null ? undefined : giveUp()));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.ref();
  child.kill('SIGKILL');
  await ended;
}
