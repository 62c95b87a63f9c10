import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProcesses, machine } from './build-processes.ts';
import { compare } from './compare.ts';
import { GATEWAYS, type Gateway, installPeers } from './gateways.ts';
import type { Identities } from './load.ts';
import { pinLoad } from './processes.ts';
import { medianOf, type Outcome, tableOf } from './report.ts';
import { type Workload, WORKLOADS } from './workloads.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    'warm-up': { type: 'string', default: '10' },
    connections: { type: 'string' },
    only: { type: 'string', multiple: true },
    workload: { type: 'string', multiple: true },
    identities: { type: 'string', multiple: true },
  },
});
const ALL_IDENTITIES: readonly Identities[] = ['same', 'distinct'];

const folder = mkdtempSync(join(tmpdir(), 'caregraph-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  const [ours, ...peers] = GATEWAYS;
  if (ours === undefined) return;
  const gateways = [ours, ...chosen(peers, values.only, 'gateway')];
  const workloads = chosen(WORKLOADS, values.workload, 'workload').map((one): Workload => ({
    ...one,
    connections: Number(values.connections ?? one.connections),
  }));
  const identities = ALL_IDENTITIES.filter((one) => values.identities?.includes(one) ?? true);
  installPeers(gateways);
  await buildProcesses(['probe', 'stub-subgraphs', 'apollo-peer', 'floor']);
  pinLoad();
  const [rounds, seconds, warmUpSeconds] = [Number(values.rounds), Number(values.seconds), Number(values['warm-up'])];
  const turns = `${rounds} rounds of ${seconds} s after ${warmUpSeconds} s to warm up`;
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}; ${turns}\n`);
  const all = new Map<string, readonly Outcome[]>();
  for (const workload of workloads)
    for (const one of identities) {
      const outcomes = await compare({ workload, identities: one, gateways, rounds, seconds, warmUpSeconds, folder });
      all.set(`${workload.id} ${one}`, outcomes);
      console.log(`### ${titleOf(workload, one)}\n\n${tableOf(outcomes)}\n`);
    }
  for (const one of identities) reportGrowth(all.get(`list-1000 ${one}`), all.get(`list-10000 ${one}`), one);
}

/** Those whose id is asked for, or all of them; ends the process when an id is not known. */
function chosen<T extends Pick<Gateway | Workload, 'id'>>(
  all: readonly T[],
  ids: readonly string[] | undefined,
  kind: string,
): readonly T[] {
  const known = ['caregraph', ...all.map(({ id }) => id)];
  const unknown = ids?.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    console.error(`There is no ${kind} "${unknown}": ${all.map(({ id }) => id).join(', ')}.`);
    process.exit(1);
  }
  return all.filter(({ id }) => ids?.includes(id) ?? true);
}

function titleOf({ title, connections }: Workload, identities: Identities): string {
  const who = identities === 'same' ? 'identical callers' : 'every request another identity, forwarded';
  return `${title} (${who}; ${connections} connections)`;
}

/** Tells how the time of an answer grows from a list to one ten times as long. */
function reportGrowth(
  short: readonly Outcome[] | undefined,
  long: readonly Outcome[] | undefined,
  identities: Identities,
): void {
  if (short === undefined || long === undefined) return;
  const growths = long.flatMap(({ title, rounds }, index) => {
    const before = medianOf(short[index]?.rounds ?? [], 'requestsPerSecond');
    const growth = before / medianOf(rounds, 'requestsPerSecond');
    return Number.isNaN(growth) ? [] : [`${title.replace(/ \(.*/, '')} ${growth.toFixed(1)}`];
  });
  console.log(`Growth of time from 1,000 to 10,000 entities, ${identities} identities: ${growths.join(', ')}\n`);
}
