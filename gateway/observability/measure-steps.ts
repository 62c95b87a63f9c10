import type { ClientRequest, Operation } from '../context.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import type { Stopwatch } from '../lib/clock.ts';
import type { Soon } from '../lib/soon.ts';
import type { Steps } from '../pipeline.ts';
import type { Metrics } from './create-metrics.ts';

/**
 * Wraps the steps in clocks: how long each takes, and how each operation ends. The steps know nothing of it. An operation lasts from when
 * its request was received, where that is known, else from the step that ends it.
 */
export function measureSteps<Plan>(steps: Steps<Plan>, metrics: Metrics, stopwatch: Stopwatch): Steps<Plan> {
  function measured<Result>(step: keyof Steps<Plan>, subject: Subject, run: () => Soon<Result>): Soon<Result> {
    const beginMs = stopwatch();
    let result: Soon<Result> | undefined;
    try {
      result = run();
    } catch (error) {
      failed(error, subject, beginMs);
      throw error;
    } finally {
      if (!(result instanceof Promise)) metrics.step(step, seconds(beginMs, stopwatch()));
    }
    return result instanceof Promise ? measuredLater(step, { ...subject, beginMs }, result) : result;
  }

  async function measuredLater<Result>(
    step: keyof Steps<Plan>,
    { beginMs, ...subject }: Subject & { readonly beginMs: number },
    result: Promise<Result>,
  ): Promise<Result> {
    try {
      return await result;
    } catch (error) {
      failed(error, subject, beginMs);
      throw error;
    } finally {
      metrics.step(step, seconds(beginMs, stopwatch()));
    }
  }

  function failed(error: unknown, { request, operation }: Subject, beginMs: number): void {
    const fromMs = request?.receivedMs ?? beginMs;
    metrics.operation(operation?.kind ?? 'unknown', codeOf(error), seconds(fromMs, stopwatch()));
  }

  return {
    authenticate: (request) => measured('authenticate', { request }, () => steps.authenticate(request)),
    prepare: (request, caller) => measured('prepare', { request }, () => steps.prepare(request, caller)),
    authorize: (operation, caller) => measured('authorize', { operation }, () => steps.authorize(operation, caller)),
    plan: (operation) => measured('plan', { operation }, () => steps.plan(operation)),
    execute: async (plan, operation, caller, request) => {
      const beginMs = stopwatch();
      try {
        const result = await steps.execute(plan, operation, caller, request);
        const outcome = result.errors === undefined ? 'ok' : 'errors';
        metrics.operation(operation.kind, outcome, seconds(request.receivedMs ?? beginMs, stopwatch()));
        return result;
      } catch (error) {
        failed(error, { operation, request }, beginMs);
        throw error;
      } finally {
        metrics.step('execute', seconds(beginMs, stopwatch()));
      }
    },
  };
}

interface Subject {
  readonly request?: ClientRequest;
  readonly operation?: Operation;
}

function seconds(fromMs: number, toMs: number): number {
  return (toMs - fromMs) / 1000;
}

function codeOf(error: unknown): string {
  if (error instanceof GatewayError) return error.code;
  const code = error instanceof OperationRefused ? error.errors[0]?.extensions['code'] : undefined;
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}
