import { NoPlan } from './no-plan.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';
import type { PlannerProcess } from './start-planner-process.ts';

/**
 * Asks a planner's process. When it takes longer than `limitMs`, the process is ended: there is no other way to stop a planner.
 * Rejects with `NoPlan`: `too long`, or `process ended`.
 */
export async function askWithin(limitMs: number, process: PlannerProcess, message: ToPlanner): Promise<FromPlanner> {
  let isTooLong = false as boolean;
  const limit = setTimeout(() => {
    isTooLong = true;
    void process.end();
  }, limitMs);
  try {
    return await process.ask(message);
  } catch (error) {
    throw new NoPlan(isTooLong ? 'too long' : 'process ended', String(error));
  } finally {
    clearTimeout(limit);
  }
}
