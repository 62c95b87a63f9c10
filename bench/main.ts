import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import autocannon from 'autocannon';
import { parse } from 'graphql';
import { freePort, pinLoad, startNode, stop, untilServing } from './processes.ts';
import { SUBGRAPHS, WORKLOADS, type Workload } from './workloads.ts';

interface Gateway {
  readonly name: string;
  readonly args: (supergraph: string, port: number) => readonly string[];
}

const GATEWAYS: readonly Gateway[] = [
  {
    name: 'Apollo Server + Gateway',
    args: (supergraph, port) => ['--import', 'tsx', 'bench/apollo-peer.ts', supergraph, String(port)],
  },
  {
    name: 'CareGraph',
    args: (supergraph, port) => ['dist/gateway/main.js', '--supergraph', supergraph, '--port', String(port)],
  },
];
const CONNECTIONS = 32;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '5' } },
});
const folder = mkdtempSync(join(tmpdir(), 'caregraph-bench-'));
try {
  await main(Number(values.rounds), Number(values.seconds));
} finally {
  rmSync(folder, { recursive: true });
}

async function main(rounds: number, seconds: number): Promise<void> {
  if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
  pinLoad();
  const ports = await Promise.all(SUBGRAPHS.map(freePort));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, compose(ports));
  const stubs = startNode(['--import', 'tsx', 'bench/stub-subgraphs.ts', ...ports.map(String)], false);
  const running = await Promise.all(
    GATEWAYS.map(async ({ name, args }) => {
      const port = await freePort();
      return { name, url: `http://127.0.0.1:${port}/graphql`, process: startNode(args(supergraph, port), true) };
    }),
  );
  try {
    await Promise.all(running.map(({ url }) => untilServing(url)));
    console.log(
      `${cpus().length} cores, node ${process.version}, ${rounds} rounds of ${seconds} s, ${CONNECTIONS} connections\n`,
    );
    for (const workload of WORKLOADS) report(workload, await measure(workload, running, { rounds, seconds }));
  } finally {
    await Promise.all([stubs, ...running.map((one) => one.process)].map(stop));
  }
}

function compose(ports: readonly number[]): string {
  const services = SUBGRAPHS.map(({ name, typeDefs }, index) => ({
    name,
    typeDefs: parse(typeDefs),
    url: `http://127.0.0.1:${ports[index] ?? 0}/graphql`,
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

interface Target {
  readonly name: string;
  readonly url: string;
}

/** Requests per second of each gateway, one figure a round, the gateways in turn; all must give the same answer. */
async function measure(
  { query }: Workload,
  targets: readonly Target[],
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<ReadonlyMap<string, readonly number[]>> {
  const body = JSON.stringify({ query });
  const headers = { 'content-type': 'application/json' };
  const answers = await Promise.all(
    targets.map(async ({ url }) =>
      JSON.stringify(((await (await fetch(url, { method: 'POST', headers, body })).json()) as { data: unknown }).data),
    ),
  );
  if (new Set(answers).size !== 1) throw new Error('the gateways do not answer alike');
  const figures = new Map<string, number[]>(targets.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, url } of targets) {
      const result = await autocannon({
        url,
        method: 'POST',
        headers,
        body,
        connections: CONNECTIONS,
        duration: round === 0 ? 2 : seconds,
      });
      if (result.non2xx > 0 || result.errors > 0)
        throw new Error(`${name}: ${result.non2xx + result.errors} requests failed`);
      if (round > 0) figures.get(name)?.push(result.requests.average);
    }
  }
  return figures;
}

function report({ name }: Workload, figures: ReadonlyMap<string, readonly number[]>): void {
  const base = median(figures.get(GATEWAYS[0]?.name ?? '') ?? []);
  console.log(`${name}\n| gateway | requests/s (median) | min-max | ratio |\n|---|---|---|---|`);
  for (const [gateway, rounds] of figures) {
    const [least, most] = [Math.min(...rounds), Math.max(...rounds)].map((value) => value.toFixed(0));
    console.log(
      `| ${gateway} | ${median(rounds).toFixed(0)} | ${least}-${most} | ${(median(rounds) / base).toFixed(2)} |`,
    );
  }
  console.log('');
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
