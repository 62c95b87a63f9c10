import { SUBGRAPH_NAMES, type SubgraphName } from '../wire/names.ts';
import { freePort, isPortFree } from './free-port.ts';
import type { PlatformOptions } from './options.ts';
import { waitUntil } from './wait-until.ts';

/** Where each process of ours listens. */
export interface PlatformPorts {
  readonly gateway: number;
  readonly subgraphs: Readonly<Record<SubgraphName, number>>;
}

/** The ports that the options ask for. Throws when the gateway and a subgraph would have the same. */
export async function choosePorts(
  options: Pick<PlatformOptions, 'gatewayPort' | 'subgraphPort'>,
): Promise<PlatformPorts> {
  const entries: [SubgraphName, number][] = [];
  for (const [index, name] of SUBGRAPH_NAMES.entries()) {
    entries.push([name, options.subgraphPort === 0 ? await freePort() : options.subgraphPort + index]);
  }
  const gateway = options.gatewayPort === 0 ? await freePort() : options.gatewayPort;
  const rival = entries.find(([, port]) => port === gateway);
  if (rival) throw new Error(`Port ${gateway} is the one of the ${rival[0]} subgraph: choose another for the gateway.`);
  return { gateway, subgraphs: Object.fromEntries(entries) as Record<SubgraphName, number> };
}

/**
 * Throws an Error that names every port somebody else listens on. The processes of a platform that was killed may take a
 * moment to end, hence `patienceMs`.
 */
export async function assertPortsFree(ports: PlatformPorts, patienceMs = 1_500): Promise<void> {
  const wanted: [string, number][] = [['gateway', ports.gateway], ...Object.entries(ports.subgraphs)];
  let busy: typeof wanted = [];
  const isFree = await waitUntil(
    async () => {
      const free = await Promise.all(wanted.map(([, port]) => isPortFree(port)));
      busy = wanted.filter((_, index) => free[index] === false);
      return busy.length === 0;
    },
    patienceMs,
    200,
  );
  if (isFree) return;
  const lines = busy.map(([name, port]) => `Port ${port} is in use (wanted by: ${name}).`);
  throw new Error(
    [...lines, 'Stop the program that uses it, or choose others: --port N, --subgraph-port N.'].join('\n'),
  );
}
