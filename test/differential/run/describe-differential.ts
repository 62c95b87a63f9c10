import { describe, expect, it } from '@jest/globals';
import { differentialSettings } from '../differential-settings.ts';
import { runDeferring } from '../defer/run-deferring.ts';
import { FAULT_KINDS } from '../faults/fault.ts';
import { runFaults } from '../faults/run-faults.ts';
import type { MadeUpGraph } from '../made-up/made-up-graph.ts';
import { reportDifferences } from './report-differences.ts';
import { runDifferential } from './run-differential.ts';

/** Planning the largest of the operations can take Apollo's planner seconds; this is a bound for what hangs. */
const MS_PER_OPERATION = 500;

/** Fewer, as when one failure is repeated, may meet some kinds of fault only. */
const ENOUGH_FOR_EVERY_FAULT = 300;

/**
 * Declares the tests of one supergraph: random operations, as many and from the seed that the environment says. `set` are settings of
 * our gateway.
 */
export function describeDifferential(
  name: string,
  createGraph: () => MadeUpGraph,
  set: Readonly<Record<string, string>> = {},
): void {
  const { seed, operations, withFaults, withDefer, apolloEvery, ...settings } = differentialSettings(process.env);
  const env = { ...set, ...settings.env };

  describe(`random operations over ${name} (DIFFERENTIAL_SEED=${seed} DIFFERENTIAL_OPERATIONS=${operations})`, () => {
    it(
      'are answered as by one schema over the same data; Apollo Gateway differs for known reasons only',
      async () => {
        const outcome = await runDifferential({ createGraph, env, seed, operations, apolloEvery });

        expect(await reportDifferences('ours is not the right answer', outcome.wrong)).toBe('');
        expect(await reportDifferences('Apollo Gateway differs for no known reason', outcome.unexplained)).toBe('');
        expect(outcome.answered).toBeGreaterThan(operations * 0.7);
      },
      20_000 + operations * MS_PER_OPERATION,
    );

    it(
      'come to the same when fragments of them follow by @defer',
      async () => {
        const { wrong, inPieces, pieces, lossy } = await runDeferring({
          createGraph,
          env,
          seed,
          operations: withDefer,
        });

        expect(await reportDifferences('the pieces do not come to the right answer', wrong)).toBe('');
        expect(inPieces).toBeGreaterThan(withDefer * 0.3);
        expect(pieces).toBeGreaterThan(inPieces);
        expect(lossy).toBeLessThan(withDefer * 0.1);
      },
      20_000 + withDefer * MS_PER_OPERATION,
    );

    it(
      'have right values or nulls with their errors in their answers while subgraphs fail',
      async () => {
        const { wrong, met } = await runFaults({ createGraph, env, seed, operations: withFaults });

        expect(await reportDifferences('ours is wrong, or silent', wrong)).toBe('');
        if (withFaults >= ENOUGH_FOR_EVERY_FAULT) expect(Object.keys(met).sort()).toEqual([...FAULT_KINDS].sort());
      },
      20_000 + withFaults * MS_PER_OPERATION,
    );
  });
}
