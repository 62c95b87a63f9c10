import type { CompiledPlan } from './compiled-plan.ts';

/** What an operation is planned from: its text, with the fragments that it uses and no other operation. */
export interface PlanRequest {
  readonly document: string;
  readonly operationName: string | undefined;
  /** From 0 to 100: `@override(label: "percent(n)")` is in force where it is less than n. */
  readonly percentage: number;
}

/** Decides which subgraph is asked for what, in which order. */
export interface Planner extends OperationPlanner {
  /** The names of fields whose objects must be asked what they are, whatever else is asked of them. */
  readonly fieldsOfHiddenTypes: ReadonlySet<string>;
}

/** What a planner's adapter makes. */
export interface OperationPlanner {
  /** Where progressive overrides change their mind: two percentages with none of these between them get the same plan. */
  readonly overridePercentages: readonly number[];
  /**
   * Plans a valid operation of the API schema. Rejects with `OPERATION_TOO_COMPLEX` when planning takes too long; with anything else
   * when no plan is found, which is a fault of the supergraph or the planner.
   */
  plan(request: PlanRequest): Promise<CompiledPlan>;
}
