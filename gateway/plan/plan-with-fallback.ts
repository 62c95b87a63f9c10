import { GatewayError } from '../errors/gateway-error.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { NoPlan } from './no-plan.ts';
import type { OperationPlanner, PlanRequest } from './planner.ts';

/**
 * Plans with the first planner that has a plan. Where none has, the operation is refused, and `onTrouble` is told why: `RATE_LIMITED`
 * when too many are waiting, `OPERATION_TOO_COMPLEX` when the operation is the reason.
 */
export function planWithFallback(
  planners: readonly OperationPlanner[],
  onTrouble: (trouble: GatewayError) => void,
): (request: PlanRequest) => Promise<CompiledPlan> {
  return async (request) => {
    const reasons: NoPlan[] = [];
    for (const planner of planners) {
      try {
        return await planner.plan(request);
      } catch (error) {
        if (!(error instanceof NoPlan)) throw error;
        reasons.push(error);
        if (error.kind === 'busy') break;
      }
    }
    const refusal = refusalOf(reasons);
    onTrouble(refusal);
    throw refusal;
  };
}

/** Whoever asks need not have asked too much: HTTP has a status for that (RFC 9110, section 15.6.4). */
const WHEN_BUSY = { httpStatus: 503, retryAfterS: 5 };

function refusalOf(reasons: readonly NoPlan[]): GatewayError {
  const kinds = new Set(reasons.map(({ kind }) => kind));
  const cause = new AggregateError(reasons, reasons.map(({ kind, message }) => `${kind}: ${message}`).join('; '));
  if (kinds.has('busy'))
    return new GatewayError('RATE_LIMITED', 'Too many new operations are waiting to be planned: try again soon.', {
      ...WHEN_BUSY,
      cause,
    });
  if (kinds.has('too long') || kinds.has('process ended'))
    return new GatewayError(
      'OPERATION_TOO_COMPLEX',
      'The operation takes too much to plan: ask for less at once, in several operations.',
      { cause },
    );
  if (kinds.has('none found'))
    return new GatewayError(
      'OPERATION_TOO_COMPLEX',
      'No way was found to ask the subgraphs for all of this at once: ask for it in several operations.',
      { cause },
    );
  return new GatewayError('INTERNAL_SERVER_ERROR', 'no planner can be asked', { fault: 'internal', cause });
}
