import { print, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../context.ts';
import type { Deferral } from '../deferral.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { conditionVariables } from '../lib/condition-variables.ts';
import { giveWay } from '../lib/give-way.ts';
import type { Soon } from '../lib/soon.ts';
import type { TurnLimit } from '../lib/turn-limit.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { operationText } from './operation-text.ts';
import type { Drawn, Planner } from './planner.ts';

const MAX_PLANS = 2_000;
/** Ten times the largest operation that anybody has written by hand. */
const MAX_DOCUMENT_LENGTH = 200_000;
/** With the last that begins before it, no more than 20 ms: see `LIMIT_MS` of `plan-at-hand.ts`. */
export const PLANNING_MS_IN_A_TURN = 5;

/**
 * Builds the planning step. Plans are remembered by the operation and the values of the variables in its `@skip` and `@include`:
 * other variables are looked at when the plan runs. `percentage` is drawn for each request where the supergraph overrides fields
 * progressively; requests between the same thresholds share a plan. What is planned at hand for an operation that is new is not
 * remembered; it waits for another turn of the event loop where others were planned for as long as `planning` allows in this one. Rejects
 * with `OPERATION_TOO_COMPLEX` as the planner does, and for documents that no planner is bothered with.
 */
export function createPlan(
  planner: Pick<Planner, 'overridePercentages' | 'planAtHand' | 'plan'>,
  percentage: () => number,
  planning: TurnLimit,
): (operation: Operation) => Soon<CompiledPlan> {
  const plans = new LRUCache<string, Soon<CompiledPlan>>({ max: MAX_PLANS });
  const conditions = new WeakMap<OperationDefinitionNode, readonly string[]>();
  const thresholds = planner.overridePercentages;

  return (operation) => {
    const { deferral } = operation;
    return deferral === undefined ? planWhole(operation) : planDeferred(operation, deferral);
  };

  function planWhole(operation: Operation): Soon<CompiledPlan> {
    const drawn = thresholds.length === 0 ? 0 : percentage();
    const names = conditionsOf(operation);
    const key = keyOf(operation, names, stepOf(drawn, thresholds));
    const known = plans.get(key);
    if (known !== undefined) return known;
    if (planning.isSpent()) return giveWay().then(() => planWhole(operation));
    const conditions = Object.fromEntries(names.map((name) => [name, operation.variables[name] === true]));
    const request = { conditions, percentage: drawn };
    const atHand = planning.measured(() => planner.planAtHand(operation, request));
    if (atHand === undefined) return remembered(plans, key, planElsewhere(planner, operation, request));
    if (operation.isNew !== true) plans.set(key, atHand);
    return atHand;
  }

  /** Where the planner has no plan for the pieces, the operation is planned as if nothing was deferred. */
  function planDeferred(operation: Operation, deferral: Deferral): Soon<CompiledPlan> {
    const drawn = thresholds.length === 0 ? 0 : percentage();
    const key = `${deferral.key}:${stepOf(drawn, thresholds)}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    if (planning.isSpent()) return giveWay().then(() => planDeferred(operation, deferral));
    const planned = { definition: deferral.planned, fragments: new Map() };
    const atHand = planning.measured(() => planner.planAtHand(planned, { conditions: {}, percentage: drawn }));
    if (atHand !== undefined) {
      // What is not deferred in the end has other keys.
      const plan = atHand.deferred === undefined ? planWhole(operation) : atHand;
      if (operation.isNew !== true && !(plan instanceof Promise)) plans.set(key, plan);
      return plan;
    }
    const document = print(deferral.planned);
    const request = { document, operationName: operation.name, conditions: {}, percentage: drawn, defers: true };
    const isTooLong = document.length > MAX_DOCUMENT_LENGTH;
    const plan = isTooLong
      ? Promise.resolve(planWhole(operation))
      : planner.plan(request).then(
          // Its keys are those of the pieces: where nothing is deferred in the end, nobody would find what stands under them.
          (made) => (made.deferred === undefined ? planWhole(operation) : made),
          (error: unknown) => {
            if (!(error instanceof GatewayError)) throw error;
            // It may be able to another time.
            if (error.code !== 'OPERATION_TOO_COMPLEX') plans.delete(key);
            return planWhole(operation);
          },
        );
    return remembered(plans, key, plan);
  }

  /** Looked for once in each document, however often it is asked. */
  function conditionsOf(operation: Operation): readonly string[] {
    let names = conditions.get(operation.definition);
    if (names === undefined) conditions.set(operation.definition, (names = conditionVariables(operation)));
    return names;
  }
}

async function planElsewhere(
  planner: Pick<Planner, 'plan'>,
  operation: Operation,
  drawn: Drawn,
): Promise<CompiledPlan> {
  const document = operationText(operation);
  if (document.length > MAX_DOCUMENT_LENGTH)
    throw new GatewayError(
      'OPERATION_TOO_COMPLEX',
      `The operation has more than ${MAX_DOCUMENT_LENGTH} characters: ask for less at once, in several operations.`,
    );
  return planner.plan({ document, operationName: operation.name, ...drawn });
}

/** Remembers a plan that is being made, and then the plan itself, which nobody has to wait for; one that is not made is forgotten. */
function remembered(
  plans: LRUCache<string, Soon<CompiledPlan>>,
  key: string,
  plan: Promise<CompiledPlan>,
): Promise<CompiledPlan> {
  plans.set(key, plan);
  const isStill = (): boolean => plans.peek(key) === plan;
  plan.then(
    (made) => isStill() && plans.set(key, made),
    () => isStill() && plans.delete(key),
  );
  return plan;
}

function keyOf({ key, variables }: Operation, conditions: readonly string[], step: number): string {
  if (conditions.length === 0 && step === 0) return key;
  return `${key}:${step}:${conditions.map((name) => (variables[name] === true ? 1 : 0)).join('')}`;
}

function stepOf(drawn: number, thresholds: readonly number[]): number {
  return thresholds.filter((threshold) => drawn < threshold).length;
}
