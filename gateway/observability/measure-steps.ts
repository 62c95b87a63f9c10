import type { ClientRequest, Operation } from '../context.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import type { Stopwatch } from '../lib/clock.ts';
import type { Steps } from '../pipeline.ts';
import type { Metrics } from './create-metrics.ts';

/**
 * Wraps the steps in clocks: how long each takes, and how each operation ends. The steps know nothing of it. An operation lasts from when
 * its request was received, where that is known, else from the step that ends it.
 */
export function measureSteps<Plan>(steps: Steps<Plan>, metrics: Metrics, stopwatch: Stopwatch): Steps<Plan> {
  async function measured<T>(step: keyof Steps<Plan>, subject: Subject, run: () => T | Promise<T>): Promise<T> {
    const beginMs = stopwatch();
    try {
      return await run();
    } catch (error) {
      const fromMs = subject.request?.receivedMs ?? beginMs;
      metrics.operation(subject.operation?.kind ?? 'unknown', codeOf(error), seconds(fromMs, stopwatch()));
      throw error;
    } finally {
      metrics.step(step, seconds(beginMs, stopwatch()));
    }
  }

  return {
    authenticate: (request) => measured('authenticate', { request }, () => steps.authenticate(request)),
    prepare: (request, caller) => measured('prepare', { request }, () => steps.prepare(request, caller)),
    authorize: (operation, caller) => measured('authorize', { operation }, () => steps.authorize(operation, caller)),
    plan: (operation) => measured('plan', { operation }, () => steps.plan(operation)),
    execute: async (plan, operation, caller, request) => {
      const beginMs = stopwatch();
      const run = () => steps.execute(plan, operation, caller, request);
      const result = await measured('execute', { operation, request }, run);
      const outcome = result.errors === undefined ? 'ok' : 'errors';
      metrics.operation(operation.kind, outcome, seconds(request.receivedMs ?? beginMs, stopwatch()));
      return result;
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
