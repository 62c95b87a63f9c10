import type { LoadedSupergraph } from '../supergraph/load-supergraph.ts';
import type { Planners } from './create-planners.ts';
import { fieldsOfHiddenTypes } from './fields-of-hidden-types.ts';
import { interfaceNames } from './interface-names.ts';
import { overrideLabels, percentageOf } from './override-percentages.ts';
import { createPlanAtHand } from './plan-at-hand.ts';
import { planWithFallback } from './plan-with-fallback.ts';
import type { Planner } from './planner.ts';
import { rehearse } from './rehearse.ts';
import type { ServedSupergraph } from './serve-supergraph.ts';

/** Makes the planner of a supergraph from the planners of the gateway: ours, at hand, where it is the first, and those of other processes. */
export function createPlanner(planners: Planners, supergraph: LoadedSupergraph): Planner {
  const { isFirstAtHand, inOrder, deferring, onTrouble } = planners;
  const { sdl, apiSchema, annotatedSchema } = supergraph;
  const toPlan = { sdl, fieldsOfHiddenTypes: fieldsOfHiddenTypes(apiSchema, annotatedSchema) };
  const all = new Map(inOrder.map((service) => [service, service.serve(toPlan)]));
  const served = [...all.values()];
  const knowsDefer = all.get(deferring);
  const plan = planWithFallback(served, onTrouble);
  const planDeferring = planWithFallback(knowsDefer === undefined ? [] : [knowsDefer], () => undefined);
  const interfaces = interfaceNames(annotatedSchema);
  const atHand = isFirstAtHand ? createPlanAtHand(annotatedSchema, toPlan.fieldsOfHiddenTypes, onTrouble) : undefined;
  const ready = atHand === undefined ? firstThatStarts(served) : rehearse(atHand, apiSchema);
  ready.catch(() => undefined); // told to whoever asks
  return {
    planAtHand: (operation, drawn) => {
      const planned = atHand?.(operation, drawn);
      if (planned === undefined) return undefined;
      const { root, deferred, hasContexts } = planned;
      return { root, interfaces, deferred, hasContexts };
    },
    overridePercentages: overrideLabels(annotatedSchema).flatMap((label) => percentageOf(label) ?? []),
    ready,
    plan: async (request) => ({ ...(await (request.defers === true ? planDeferring : plan)(request)), interfaces }),
    release: () => served.forEach((one) => one.release()),
  };
}

async function firstThatStarts([first, ...others]: readonly ServedSupergraph[]): Promise<void> {
  if (first === undefined) return;
  try {
    await first.start();
  } catch (error) {
    if (others.length === 0) throw error;
    await firstThatStarts(others);
  }
}
