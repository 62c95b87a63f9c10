import { generateOperation, type GeneratedOperation } from '../generate/generate-operation.ts';
import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import { compareAnswers } from '../run/compare-answers.ts';
import type { Found } from '../run/report-differences.ts';
import { shrinkOperation } from '../run/shrink-operation.ts';
import { startContestants, type Contestants } from '../run/start-contestants.ts';
import { compareMerged } from './compare-merged.ts';
import { putOff } from './put-off.ts';

interface Options {
  readonly createGraph: () => MadeUpGraph;
  readonly env: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly operations: number;
}

export interface DeferringOutcome {
  /** Where the pieces do not come to the right answer. */
  readonly wrong: readonly Found[];
  /** How many answers came in pieces, and how many pieces followed. */
  readonly inPieces: number;
  readonly pieces: number;
  /** In how many something was lost, and told of: see `Comparison`. */
  readonly lossy: number;
}

type Sent = Pick<GeneratedOperation, 'query' | 'variables'>;

const MAX_FOUND = 10;

/** Sends random operations with `@defer` at random places, and compares what the pieces come to with the monolith's answer. */
export async function runDeferring({ createGraph, env, seed, operations }: Options): Promise<DeferringOutcome> {
  const contestants = await startContestants(createGraph, env);
  const source = { schema: contestants.apiSchema, samples: createGraph().samples };
  const wrong: Found[] = [];
  let [inPieces, pieces, lossy] = [0, 0, 0];
  try {
    for (let index = 0; index < operations && wrong.length < MAX_FOUND; index += 1) {
      const whole = generateOperation(source, seed + index);
      const operation = putOff(whole, source.schema);
      const { difference, following, hasLost } = await ask(contestants, operation);
      const log = contestants.takeLog();
      if (following > 0) inPieces += 1;
      pieces += following;
      if (hasLost) lossy += 1;
      if (difference === undefined || (await isWrongWhole(contestants, whole))) continue;
      wrong.push(await describe(contestants, operation, { difference, log }));
    }
  } finally {
    await contestants.stop();
  }
  return { wrong, inPieces, pieces, lossy };
}

async function ask(contestants: Contestants, operation: Sent) {
  const [monolith, ours] = await Promise.all([
    contestants.monolith(operation),
    contestants.oursInPieces(operation).catch(unmerged),
  ]);
  if (operation.query.startsWith('mutation')) contestants.reset();
  if (ours instanceof Error) return { monolith, ours: {}, following: 0, difference: ours.message, hasLost: false };
  return { monolith, ours, following: ours.following, ...compareMerged(ours, monolith) };
}

/** Pieces that do not fit together are a difference like others. */
function unmerged(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** What goes wrong without `@defer` too is not told of here. */
async function isWrongWhole(contestants: Contestants, operation: Sent): Promise<boolean> {
  const [monolith, ours] = await Promise.all([contestants.monolith(operation), contestants.ours(operation)]);
  if (operation.query.startsWith('mutation')) contestants.reset();
  return compareAnswers(ours, monolith, { isOrderCompared: true }) !== undefined;
}

async function describe(
  contestants: Contestants,
  operation: GeneratedOperation,
  met: Pick<Found, 'difference' | 'log'>,
): Promise<Found> {
  const { query, variables } = await shrinkOperation(operation, contestants.apiSchema, async (candidate) => {
    return (await ask(contestants, candidate)).difference !== undefined;
  });
  contestants.takeLog();
  const { monolith, ours } = await ask(contestants, { query, variables });
  const log = [...met.log, ...contestants.takeLog()];
  return { operation, smallest: { query, variables }, difference: met.difference, log, answers: { monolith, ours } };
}
