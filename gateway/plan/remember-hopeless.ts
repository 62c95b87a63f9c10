import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { NoPlan } from './no-plan.ts';
import type { OperationPlanner, PlanRequest } from './planner.ts';

/** The machine may have been busy with something else: what took too long may be tried again after this. */
const TOO_LONG_FOR_MS = 60_000;

/** Keeps from a planner the operations over which its process ended, for good, and for a minute those that took too long. */
export function rememberHopeless(planner: OperationPlanner): OperationPlanner {
  const hopeless = new LRUCache<string, NoPlan>({ max: 1_000 });
  return {
    plan: async (request) => {
      const known = hopeless.size === 0 ? undefined : hopeless.get(keyOf(request));
      if (known !== undefined) throw known;
      try {
        return await planner.plan(request);
      } catch (error) {
        if (error instanceof NoPlan && error.kind === 'process ended') hopeless.set(keyOf(request), error);
        if (error instanceof NoPlan && error.kind === 'too long')
          hopeless.set(keyOf(request), error, { ttl: TOO_LONG_FOR_MS });
        throw error;
      }
    },
  };
}

function keyOf({ document, operationName, conditions }: PlanRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([document, operationName, conditions]))
    .digest('base64');
}
