import type { PlannerName } from '../config/settings.ts';

/** What a planner's process is told when it is started. */
export interface PlannerTask {
  readonly planner: PlannerName;
  /** How long one operation may take. */
  readonly limitMs: number;
  /** How much memory the process may hold. */
  readonly memoryLimitMiB: number;
}
