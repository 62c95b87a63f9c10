import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../platform/free-port.ts';
import type { Memory, Usage } from '../probe.ts';
import { ask, startNode, stop, untilServing } from '../processes.ts';
import { newChangeId } from './clinic.ts';
import type { Push } from './bare-server.ts';
import type { Surroundings } from './surroundings.ts';

export type ContenderName = 'gateway' | 'bare';

/** A server that is measured, alone on its core. */
export interface Contender {
  readonly name: ContenderName;
  readonly url: string;
  /** After its garbage has been collected. */
  readonly memory: () => Promise<Memory>;
  /** Begins to measure; `cpu` alone costs the server nothing. */
  readonly watch: (what: 'cpu' | 'cpu and stalls') => void;
  /** What it has used since. */
  readonly usage: () => Promise<Usage>;
  /** Makes a change of an appointment, of which one user hears. */
  readonly happen: (appointment: string, user: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** As `npm run gateway` starts it; the bare server has the same young generation. */
const NODE_ARGS = ['--max-semi-space-size=32'];
const LOOK_AGAIN_MS = 50;

/** Starts the gateway, or the bare server; with several processes, which share its core and hear of no changes, all of them serve. */
export async function startContender(name: ContenderName, around: Surroundings, processes = 1): Promise<Contender> {
  const port = await freePort();
  const child =
    name === 'bare'
      ? startNode([...NODE_ARGS, 'dist/bench/realtime/bare-server.js', `${port}`, `${processes}`], 'measured')
      : startNode([...NODE_ARGS, ...gatewayArgs(around, port, processes)], 'measured', around.env);
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilServing(child, url);
  while (processes > 1 && Number(await ask(child, 'listening')) < processes) await delay(LOOK_AGAIN_MS);
  return {
    name,
    url: url.replace('http', 'ws'),
    memory: () => ask(child, 'memory') as Promise<Memory>,
    watch: (what) => child.send(what === 'cpu' ? 'watch-cpu' : 'watch'),
    usage: () => ask(child, 'usage') as Promise<Usage>,
    async happen(appointment, user) {
      if (name === 'gateway') await around.commit(appointment, user);
      else child.send({ appointment, change: newChangeId(appointment) } satisfies Push);
    },
    stop: () => stop(child),
  };
}

function gatewayArgs({ supergraph }: Surroundings, port: number, processes: number): readonly string[] {
  const workers = processes === 1 ? [] : ['--workers', `${processes}`];
  return ['dist/gateway/main.js', '--supergraph', supergraph, '--port', `${port}`, ...workers];
}
