import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OperationResult } from '../context.ts';
import { OperationRefused } from '../errors/gateway-error.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { Prepared } from '../pipeline.ts';
import { createAnswerQueue, type AnswerQueue } from './answer-queue.ts';
import { bindSubscription, type Binding } from './bind-subscription.ts';
import type { EngineInForce, RealtimeEngine } from './realtime-engine.ts';
import type { Subscriber, SubscriberIndex } from './subscriber-index.ts';

interface Options {
  readonly engine: EngineInForce;
  readonly index: SubscriberIndex;
  readonly presentErrors: PresentErrors;
  /** Client headers that subgraphs see, and that therefore tell answers apart. */
  readonly forwardHeaders: readonly string[];
  readonly newRequestId: () => string;
  /** Aborts what events ask when the gateway stops; a client that leaves must not, because others may share the answer. */
  readonly signal: AbortSignal;
}

/** Takes up a subscription that the engine has authorized; its answers come until the queue is ended. */
export type Subscribe = (prepared: Prepared, engine: RealtimeEngine, onOverflow: () => void) => AnswerQueue;

/** A subscription is read again for each engine, and remembered no longer than the engine. */
type BindingFor = (engine: RealtimeEngine) => Promise<Binding>;

/** An answer for each of so many events may wait for a client; a phone that sleeps for a moment stays well below. */
const MAX_WAITING = 1_000;
/** So many subscriptions are renewed before other work has its turn. */
const RENEWED_AT_ONCE = 50;

/**
 * Builds what takes up subscriptions to fields with an event source. `renew` moves all of them to the engine in force: each is
 * validated and authorized there anew, and one that is refused ends with the reasons, after the answers that wait.
 */
export function createSubscribe(options: Options): {
  readonly subscribe: Subscribe;
  readonly renew: () => Promise<void>;
} {
  const { engine: inForce, index, forwardHeaders } = options;
  const live = new Set<BindingFor>();

  const subscribe: Subscribe = (prepared, engine, onOverflow) => {
    const end = (): void => {
      live.delete(bindingFor);
      index.remove(subscriber);
    };
    const queue = createAnswerQueue({ limit: MAX_WAITING, onOverflow, onEnd: end });
    const subscriberFor = ({ interest, shareKey }: Binding): Subscriber => ({
      interest,
      shareKey,
      resolve: createResolve(prepared, bindingFor, options),
      push: queue.push,
    });
    const moveTo = (binding: Binding): Binding => {
      if (live.has(bindingFor)) {
        index.remove(subscriber);
        subscriber = subscriberFor(binding);
        index.add(subscriber);
      }
      return binding;
    };
    const refuse = (error: unknown): void => {
      end();
      queue.fail(new OperationRefused(options.presentErrors.thrown(error, prepared.request.requestId).errors));
    };

    const first = bindSubscription(prepared, engine, forwardHeaders);
    const bindings = new WeakMap([[engine, Promise.resolve(first)]]);
    const bindingFor: BindingFor = (next) => {
      let binding = bindings.get(next);
      if (binding === undefined) {
        binding = readAgain(prepared, next, forwardHeaders).then(moveTo);
        bindings.set(next, binding);
        binding.catch(refuse);
      }
      return binding;
    };

    let subscriber = subscriberFor(first);
    if (first.interest.user !== '') {
      live.add(bindingFor);
      index.add(subscriber);
    }
    return queue;
  };

  const renew = async (): Promise<void> => {
    let renewed = 0;
    for (const bindingFor of [...live]) {
      if (live.has(bindingFor)) await inForce.use(bindingFor).catch(() => undefined);
      renewed += 1;
      if (renewed % RENEWED_AT_ONCE === 0) await nextTurn();
    }
  };
  return { subscribe, renew };
}

async function readAgain(
  { caller, request }: Prepared,
  engine: RealtimeEngine,
  forwardHeaders: readonly string[],
): Promise<Binding> {
  const operation = await engine.steps.prepare(request, caller);
  await engine.steps.authorize(operation, caller);
  return bindSubscription({ operation, caller, request }, engine, forwardHeaders);
}

/** Asks what an event shows, on the engine that is in force when it comes. */
function createResolve(
  { caller, request }: Prepared,
  bindingFor: BindingFor,
  options: Pick<Options, 'engine' | 'presentErrors' | 'newRequestId' | 'signal'>,
): Subscriber['resolve'] {
  return (event) =>
    options.engine.use(async (engine) => {
      const binding = await bindingFor(engine).catch(() => undefined);
      if (binding === undefined || binding.source.type !== event.type) return undefined;
      const { root, source, queryFor } = binding;
      const own = { ...request, requestId: options.newRequestId(), mayMutate: false, signal: options.signal };
      const prepared = { operation: queryFor(event[source.by]), caller, request: own };
      const result = await ask(prepared, engine, options.presentErrors);
      const isNothing = result.errors === undefined && (result.data?.[root.responseKey] ?? null) === null;
      if (isNothing) return undefined;
      // The subscription's field is non-null where the query's is not.
      return (result.data?.[root.responseKey] ?? null) === null ? { ...result, data: null } : result;
    });
}

async function ask(
  prepared: Prepared,
  { runPrepared }: RealtimeEngine,
  presentErrors: PresentErrors,
): Promise<OperationResult> {
  try {
    return await runPrepared(prepared);
  } catch (error) {
    return { data: null, errors: presentErrors.thrown(error, prepared.request.requestId).errors };
  }
}
