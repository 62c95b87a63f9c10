import type { ClientRequest, Operation } from '../context.ts';
import { GatewayError, OperationRefused } from '../errors/gateway-error.ts';
import type { Stopwatch } from '../lib/clock.ts';
import type { Steps } from '../pipeline.ts';
import type { Metrics } from './create-metrics.ts';

/** Wraps the steps in clocks: how long each takes, and how each operation ends. The steps know nothing of it. */
export function measureSteps<Plan>(steps: Steps<Plan>, metrics: Metrics, stopwatch: Stopwatch): Steps<Plan> {
  const startsMs = new WeakMap<ClientRequest, number>();
  const requests = new WeakMap<Operation, ClientRequest>();

  async function measured<T>(step: keyof Steps<Plan>, subject: Subject, run: () => Promise<T>): Promise<T> {
    const beginMs = stopwatch();
    const request = subject.request ?? (subject.operation && requests.get(subject.operation));
    const startMs = (request && startsMs.get(request)) ?? beginMs;
    if (request !== undefined) startsMs.set(request, startMs);
    try {
      return await run();
    } catch (error) {
      metrics.operation(subject.operation?.kind ?? 'unknown', codeOf(error), seconds(startMs, stopwatch()));
      throw error;
    } finally {
      metrics.step(step, seconds(beginMs, stopwatch()));
    }
  }

  return {
    authenticate: (request) => measured('authenticate', { request }, () => steps.authenticate(request)),
    prepare: async (request, caller) => {
      const operation = await measured('prepare', { request }, () => steps.prepare(request, caller));
      requests.set(operation, request);
      return operation;
    },
    authorize: (operation, caller) => measured('authorize', { operation }, () => steps.authorize(operation, caller)),
    plan: (operation) => measured('plan', { operation }, () => steps.plan(operation)),
    execute: async (plan, operation, caller, request) => {
      const run = () => steps.execute(plan, operation, caller, request);
      const result = await measured('execute', { operation, request }, run);
      const outcome = result.errors === undefined ? 'ok' : 'errors';
      metrics.operation(operation.kind, outcome, seconds(startsMs.get(request) ?? stopwatch(), stopwatch()));
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
