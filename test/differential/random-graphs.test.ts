import { describe, expect, it } from '@jest/globals';
import { runDeferring } from './defer/run-deferring.ts';
import { differentialSettings } from './differential-settings.ts';
import { runFaults } from './faults/run-faults.ts';
import { graphsThatCompose, type RandomGraph } from './random-graphs/graphs-that-compose.ts';
import { reportDifferences, type Found } from './run/report-differences.ts';
import { runDifferential } from './run/run-differential.ts';

/** Starting a graph takes half a second; this is a bound for what hangs. */
const MS_PER_GRAPH = 20_000;

const { seed, graphs: count, operationsPerGraph } = differentialSettings(process.env);

/** Our own planner plans, whatever the settings say: of such graphs, the others ask subgraphs for keys that these cannot tell. */
const env = {};

describe(`random graphs (DIFFERENTIAL_SEED=${seed} DIFFERENTIAL_OPERATIONS=${count * operationsPerGraph})`, () => {
  const few = Math.ceil(count / 4);
  const about = ({ seed: graph, create }: RandomGraph) => {
    return { createGraph: create, env, seed: graph, operations: operationsPerGraph };
  };

  it(
    'are answered as by one schema over the same data',
    async () => {
      const wrong: Found[] = [];
      let answered = 0;
      for (const graph of graphsThatCompose(seed, count)) {
        const outcome = await runDifferential({ ...about(graph), apolloEvery: 0 });
        wrong.push(...outcome.wrong.slice(0, 1));
        answered += outcome.answered;
      }

      expect(await reportDifferences('ours is not the right answer', wrong)).toBe('');
      expect(answered).toBeGreaterThan(count * operationsPerGraph * 0.7);
    },
    count * MS_PER_GRAPH,
  );

  it(
    'come to the same when fragments of operations follow by @defer',
    async () => {
      const wrong: Found[] = [];
      let pieces = 0;
      for (const graph of graphsThatCompose(seed, few)) {
        const outcome = await runDeferring(about(graph));
        wrong.push(...outcome.wrong.slice(0, 1));
        pieces += outcome.pieces;
      }

      expect(await reportDifferences('the pieces do not come to the right answer', wrong)).toBe('');
      expect(pieces).toBeGreaterThan(few);
    },
    count * MS_PER_GRAPH,
  );

  it(
    'have right values or nulls with their errors in their answers while subgraphs fail',
    async () => {
      const wrong: Found[] = [];
      let met = 0;
      for (const graph of graphsThatCompose(seed, few)) {
        const outcome = await runFaults(about(graph));
        wrong.push(...outcome.wrong.slice(0, 1));
        met += Object.values(outcome.met).reduce((sum, times) => sum + times, 0);
      }

      expect(await reportDifferences('ours is wrong, or silent', wrong)).toBe('');
      expect(met).toBeGreaterThan(few);
    },
    count * MS_PER_GRAPH,
  );
});
