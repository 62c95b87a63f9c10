import type { CompiledPlan } from './compiled-plan.ts';
import type { PlannedOperation } from './plan-in-series.ts';

/** What an operation is planned from. */
export interface PlanRequest {
  /** The operation's text as its client means it, with the fragments that it uses and no other operation. */
  readonly document: string;
  readonly operationName: string | undefined;
  /** The values of the variables in `@skip` and `@include`: each combination has a plan of its own. */
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Whether the text has `@defer`, with labels that are the ids of what is deferred. */
  readonly defers?: boolean;
  /** From 0 to 100: `@override(label: "percent(n)")` is in force where it is less than n. */
  readonly percentage: number;
}

/** What tells plans of one operation apart. */
export type Drawn = Pick<PlanRequest, 'conditions' | 'percentage'>;

/** Decides which subgraph is asked for what, in which order: for one supergraph. */
export interface Planner {
  /** Where progressive overrides change their mind: two percentages with none of these between them get the same plan. */
  readonly overridePercentages: readonly number[];
  /** Settles when operations can be planned without waiting for the start. Rejects when no planner takes the supergraph. */
  readonly ready: Promise<void>;
  /** Plans a valid operation of the API schema at once, in a few milliseconds at most: undefined where it would take more, or has no plan. */
  planAtHand(operation: PlannedOperation, drawn: Drawn): CompiledPlan | undefined;
  /**
   * Plans a valid operation of the API schema. Rejects with `OPERATION_TOO_COMPLEX` where no planner finds a plan in time, and with
   * `RATE_LIMITED` where too many operations are waiting.
   */
  plan(request: PlanRequest): Promise<CompiledPlan>;
  /** Lets the planners forget the supergraph, when the last operation has been planned. */
  release(): void;
}

/** What has a plan for an operation, or none. */
export interface OperationPlanner {
  /** Rejects when no plan is found, which is a fault of the supergraph or the planner. */
  plan(request: PlanRequest): Promise<CompiledPlan>;
}

/** What an adapter of a planner makes: it is asked for operations without conditions, under the keys of the result tree. */
export interface PlannerAdapter {
  /** Rejects when no plan is found, which is a fault of the supergraph or the planner. */
  plan(request: Omit<PlanRequest, 'conditions'>): Promise<CompiledPlan>;
}
