import type { Memory, Usage } from '../probe.ts';
import { ask, freePort, startNode, stop, untilServing } from '../processes.ts';
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

/** Starts the gateway, or the bare server. */
export async function startContender(name: ContenderName, around: Surroundings): Promise<Contender> {
  const port = await freePort();
  const child =
    name === 'bare'
      ? startNode([...NODE_ARGS, 'dist/bench/realtime/bare-server.js', `${port}`], 'measured')
      : startNode(
          [...NODE_ARGS, 'dist/gateway/main.js', '--supergraph', around.supergraph, '--port', `${port}`],
          'measured',
          around.env,
        );
  const url = `http://127.0.0.1:${port}/graphql`;
  await untilServing(child, url);
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
