import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { freePort } from '../platform/free-port.ts';
import { floorScriptOf } from './floor-script.ts';
import { type Gateway, isInstalled, type StartFiles } from './gateways.ts';
import { headersOf, type Identities, sendLoad } from './load.ts';
import type { Usage } from './probe.ts';
import { ask, type Cores, cpuSecondsBelow, memoryOf, startNode, stop, untilServing } from './processes.ts';
import type { Outcome, Round } from './report.ts';
import type { RecordedRequest } from './stub-subgraphs.ts';
import { composeSupergraph, federation1Sdl } from './supergraph.ts';
import { SUPERGRAPHS, type Workload } from './workloads.ts';

export interface Comparison {
  readonly workload: Workload;
  readonly identities: Identities;
  /** The first is ours: the answers of the others are compared with its. */
  readonly gateways: readonly Gateway[];
  readonly rounds: number;
  readonly seconds: number;
  /** How long each is under load before the first round: what a gateway runs, V8 compiles for about as long. */
  readonly warmUpSeconds: number;
  /** A folder for what the processes are started with. */
  readonly folder: string;
}

interface Target {
  readonly title: string;
  readonly url: string;
  readonly process: ChildProcess;
  readonly rounds: Round[];
  /** Why it is measured no further. */
  leftOut?: string;
}

interface Subgraphs {
  readonly process: ChildProcess;
  readonly files: Omit<StartFiles, 'port'>;
}

/** Measures gateways in turn under one workload, each in a fresh process. Throws when ours does not answer. */
export async function compare(comparison: Comparison): Promise<readonly Outcome[]> {
  const children: ChildProcess[] = [];
  const start = (args: readonly string[], cores: Cores): ChildProcess => {
    const child = startNode(args, cores);
    children.push(child);
    return child;
  };
  try {
    const subgraphs = await startSubgraphs(comparison, start);
    const targets = await startGateways(comparison, subgraphs, start);
    const answer = await checkAnswers(comparison, targets);
    if (comparison.workload.operations === undefined)
      targets.push(await startFloor(comparison, { subgraphs, ours: targets[0], start, answer }));
    // Round 0 warms up, and is not counted.
    for (let round = 0; round <= comparison.rounds; round++)
      for (const target of targets) await measure(comparison, { target, subgraphs, round, answer });
    return targets;
  } finally {
    // The subgraphs last, so that no gateway misses them.
    for (const child of children.reverse()) await stop(child);
  }
}

type Start = (args: readonly string[], cores: Cores) => ChildProcess;

async function startSubgraphs({ workload, folder }: Comparison, start: Start): Promise<Subgraphs> {
  const subgraphs = SUPERGRAPHS[workload.supergraph];
  const ports = await Promise.all(subgraphs.map(freePort));
  const urls = ports.map((port) => `http://127.0.0.1:${port}/graphql`);
  const files = { supergraph: join(folder, 'supergraph.graphql'), services: join(folder, 'services.json') };
  writeFileSync(files.supergraph, composeSupergraph(subgraphs, urls));
  const services = subgraphs.map((one, index) => ({ name: one.name, url: urls[index], schema: federation1Sdl(one) }));
  writeFileSync(files.services, JSON.stringify(services));
  const child = start(['dist/bench/stub-subgraphs.js', workload.supergraph, ...ports.map(String)], 'others');
  await Promise.all(urls.map((url) => untilServing(child, url)));
  return { process: child, files };
}

async function startGateways({ gateways }: Comparison, { files }: Subgraphs, start: Start): Promise<Target[]> {
  return Promise.all(
    gateways.map(async (gateway): Promise<Target> => {
      const port = await freePort();
      const cores = gateway.usesAllCores === true ? 'all' : 'measured';
      const child = start(isInstalled(gateway) ? gateway.args({ ...files, port }) : ['--eval', ''], cores);
      const target: Target = {
        title: gateway.title,
        url: `http://127.0.0.1:${port}/graphql`,
        process: child,
        rounds: [],
      };
      if (!isInstalled(gateway)) return { ...target, leftOut: 'not installed' };
      return untilServing(child, target.url).then(
        () => target,
        (error: unknown) => ({ ...target, leftOut: messageOf(error) }),
      );
    }),
  );
}

/** Gives our answer, as text; whoever answers otherwise is left out. */
async function checkAnswers({ workload, identities }: Comparison, targets: readonly Target[]): Promise<string> {
  const [ours, ...others] = targets;
  if (ours?.leftOut !== undefined || ours === undefined)
    throw new Error(`${ours?.title ?? 'CareGraph'} does not start`);
  const query = workload.query(CHECKED);
  const text = await answerOf(ours, query, identities);
  const expected = JSON.parse(text) as { data?: unknown; errors?: unknown };
  if (expected.errors !== undefined) throw new Error(`${ours.title} answers with errors: ${text.slice(0, 1_000)}`);
  for (const target of others.filter(({ leftOut }) => leftOut === undefined)) {
    const { data } = JSON.parse(await answerOf(target, query, identities)) as { data?: unknown };
    if (!isDeepStrictEqual(data, expected.data)) target.leftOut = 'it does not give the same answer';
  }
  return text;
}

/** A number that no round sends an operation of. */
const CHECKED = 1_000_000;

async function answerOf({ url }: Target, query: string, identities: Identities): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: headersOf(identities),
    body: JSON.stringify({ query }),
  });
  return response.text();
}

interface FloorParts {
  readonly subgraphs: Subgraphs;
  readonly ours: Target | undefined;
  readonly start: Start;
  readonly answer: string;
}

async function startFloor({ workload, identities, folder }: Comparison, parts: FloorParts): Promise<Target> {
  const { subgraphs, ours, start, answer } = parts;
  if (ours === undefined) throw new Error('there is nothing to record');
  subgraphs.process.send('record');
  await answerOf(ours, workload.query(CHECKED), identities);
  const recorded = (await ask(subgraphs.process, 'recorded')) as readonly RecordedRequest[];
  const script = floorScriptOf(recorded, answer);
  const path = join(folder, 'floor.json');
  writeFileSync(path, JSON.stringify(script));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const child = start(['dist/bench/floor.js', path, String(port)], 'measured');
  await untilServing(child, url);
  const waves = script.waves.map((wave) => wave.length).join(' + ');
  return { title: `the floor (subgraph requests: ${waves})`, url, process: child, rounds: [] };
}

interface Turn {
  readonly target: Target;
  readonly subgraphs: Subgraphs;
  readonly round: number;
  readonly answer: string;
}

/** One turn of one gateway; a gateway that fails under load is left out from then on. */
async function measure(comparison: Comparison, { target, subgraphs, round, answer }: Turn): Promise<void> {
  if (target.leftOut !== undefined) return;
  const { workload, identities, seconds, warmUpSeconds } = comparison;
  const operations = workload.operations ?? 0;
  target.process.send('watch');
  subgraphs.process.send('watch');
  const pid = target.process.pid ?? 0;
  const cpuBefore = process.cpuUsage();
  const belowBefore = cpuSecondsBelow(pid);
  const begin = performance.now();
  try {
    const { requestsPerSecond, p99Ms } = await sendLoad({
      ...{ url: target.url, workload, identities, operations },
      seconds: round === 0 ? warmUpSeconds : seconds,
      firstOperation: round * operations,
      answerBytes: Buffer.byteLength(answer),
    });
    const elapsed = (performance.now() - begin) / 1000;
    const own = (await ask(target.process, 'usage')) as Usage;
    const stubs = (await ask(subgraphs.process, 'usage')) as Usage;
    const below = cpuSecondsBelow(pid) - belowBefore;
    const load = process.cpuUsage(cpuBefore);
    await untilIdle(target.process);
    if (round === 0) return;
    target.rounds.push({
      requestsPerSecond,
      p99Ms,
      gatewayLoad: (own.ownCpuSeconds + below) / elapsed,
      otherLoad: (stubs.cpuSeconds + (load.user + load.system) / 1e6) / elapsed,
      stallMs: own.stallMs,
      memoryBytes: memoryOf(pid),
    });
  } catch (error) {
    target.leftOut = messageOf(error);
  }
}

const IDLE_SAMPLE_MS = 100;
const IDLE_SHARE = 0.1;

/** Waits until a gateway has done with what the load left behind, so that the next one has the core to itself. */
async function untilIdle(child: ChildProcess): Promise<void> {
  for (let share = 1; share > IDLE_SHARE;) {
    child.send('watch');
    await delay(IDLE_SAMPLE_MS);
    const { cpuSeconds } = (await ask(child, 'usage')) as Usage;
    share = (cpuSeconds * 1000) / IDLE_SAMPLE_MS;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
