import { generateOperation, type GeneratedOperation } from '../generate/generate-operation.ts';
import { isBeyondApollo } from '../known-faults.ts';
import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import type { Found } from '../run/report-differences.ts';
import { compareAnswers } from '../run/compare-answers.ts';
import { shrinkOperation } from '../run/shrink-operation.ts';
import { startContestants, type Contestants } from '../run/start-contestants.ts';
import type { Answer } from '../run/start-oracles.ts';
import { findBreach, type Breach } from './compare-losses.ts';
import { drawFault, randomFor, type FaultKind } from './fault.ts';
import { spoilAnswer } from './spoil-answer.ts';

interface Options {
  readonly createGraph: () => MadeUpGraph;
  readonly env: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly operations: number;
}

export interface FaultyOutcome {
  /** Where ours is wrong, or silent. */
  readonly wrong: readonly Found[];
  /** How often each kind of fault met an answer. */
  readonly met: Readonly<Partial<Record<FaultKind, number>>>;
}

type Sent = Pick<GeneratedOperation, 'query' | 'variables' | 'seed'>;

interface Asked {
  readonly ours: Answer;
  readonly monolith: Answer;
  readonly met: ReadonlySet<FaultKind>;
  readonly breach: Breach | undefined;
}

const MAX_FOUND = 10;

/** Sends random operations while subgraphs fail, and holds our answers against what the monolith says. */
export async function runFaults({ createGraph, env, seed, operations }: Options): Promise<FaultyOutcome> {
  const contestants = await startContestants(createGraph, env);
  const source = { schema: contestants.apiSchema, samples: createGraph().samples };
  const wrong: Found[] = [];
  const met: Partial<Record<FaultKind, number>> = {};
  try {
    for (let index = 0; index < operations && wrong.length < MAX_FOUND; index += 1) {
      const operation = generateOperation(source, seed + index);
      if (isBeyondApollo(operation)) continue;
      const asked = await askSpoilt(contestants, operation);
      contestants.takeLog();
      for (const kind of asked.met) met[kind] = (met[kind] ?? 0) + 1;
      if (asked.breach === undefined || (await isWrongAnyway(contestants, operation))) continue;
      wrong.push(await describe(contestants, operation, asked.breach));
    }
  } finally {
    await contestants.stop();
  }
  return { wrong, met };
}

async function askSpoilt(contestants: Contestants, operation: Sent): Promise<Asked> {
  const met = new Set<FaultKind>();
  const codes = new Set<string>();
  contestants.spoilWith(({ subgraph, ...answered }) => {
    const fault = drawFault(operation.seed, subgraph);
    if (fault === undefined) return undefined;
    const random = randomFor(fault, answered.request);
    const spoilt = random && spoilAnswer(fault.kind, { ...answered, needed: contestants.needed }, random);
    if (spoilt === undefined) return undefined;
    met.add(fault.kind);
    codes.add(spoilt.code);
    return spoilt.reply;
  });
  const { ours, monolith } = await askBoth(contestants, operation);
  contestants.spoilWith(undefined);
  return { ours, monolith, met, breach: findBreach({ operation, ours, right: monolith, codes }) };
}

async function askBoth(contestants: Contestants, operation: Sent): Promise<{ ours: Answer; monolith: Answer }> {
  const [monolith, ours] = await Promise.all([contestants.monolith(operation), contestants.ours(operation)]);
  if (operation.query.startsWith('mutation')) contestants.reset();
  return { monolith, ours };
}

/** What goes wrong when all subgraphs are well is not told of here. */
async function isWrongAnyway(contestants: Contestants, operation: Sent): Promise<boolean> {
  const { ours, monolith } = await askBoth(contestants, operation);
  return compareAnswers(ours, monolith, { isOrderCompared: true }) !== undefined;
}

async function describe(contestants: Contestants, operation: GeneratedOperation, breach: Breach): Promise<Found> {
  const { query, variables } = await shrinkOperation(operation, contestants.apiSchema, async (candidate) => {
    const isSame = (await askSpoilt(contestants, candidate)).breach === breach;
    return isSame && !(await isWrongAnyway(contestants, candidate));
  });
  contestants.takeLog();
  const { ours, monolith, met } = await askSpoilt(contestants, { ...operation, query, variables });
  const log = contestants.takeLog();
  const difference = `${breach} (${[...met].join(', ')})`;
  return { operation, smallest: { query, variables }, difference, log, answers: { monolith, ours } };
}
