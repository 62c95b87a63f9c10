import type { CompiledPlan } from './compiled-plan.ts';
import type { PlanRequest } from './planner.ts';

/** What a planner must know of a supergraph. */
export interface SupergraphToPlan {
  readonly sdl: string;
  /** The names of fields whose objects must be asked what they are, whatever else is asked of them. */
  readonly fieldsOfHiddenTypes: ReadonlySet<string>;
}

/** What the gateway says to a planner's process, one thing at a time. `id` tells supergraphs apart. */
export type ToPlanner =
  | { readonly kind: 'begin'; readonly id: number; readonly supergraph: SupergraphToPlan }
  | { readonly kind: 'plan'; readonly id: number; readonly request: PlanRequest }
  | { readonly kind: 'forget'; readonly id: number };

/** What the process answers; `reason` is the planner's own. */
export type FromPlanner =
  | { readonly kind: 'done' }
  | { readonly kind: 'planned'; readonly plan: CompiledPlan }
  | { readonly kind: 'refused'; readonly reason: string };
