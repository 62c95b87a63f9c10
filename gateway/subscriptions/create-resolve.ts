import type { OperationResult } from '../context.ts';
import type { PresentErrors } from '../errors/present-errors.ts';
import type { AbortNotice } from '../lib/abort-notice.ts';
import type { Prepared } from '../pipeline.ts';
import type { Binding } from './bind-subscription.ts';
import { cursorOf } from './event-cursor.ts';
import type { EngineInForce, RealtimeEngine } from './realtime-engine.ts';
import type { Subscriber } from './subscriber-index.ts';

export interface ResolveOptions {
  readonly engine: EngineInForce;
  readonly presentErrors: PresentErrors;
  readonly newRequestId: () => string;
  /** Aborts what events ask when the gateway stops; a client that leaves must not, because others may share the answer. */
  readonly signal: AbortNotice;
}

/** A subscription is read again for each engine, and remembered no longer than the engine. */
export type BindingFor = (engine: RealtimeEngine) => Promise<Binding>;

/** Builds what asks, as the subscriber and on the engine that is in force then, what an event shows. */
export function createResolve(
  { caller, request }: Prepared,
  bindingFor: BindingFor,
  options: ResolveOptions,
): Subscriber['resolve'] {
  return (event) =>
    options.engine.use(async (engine) => {
      const binding = await bindingFor(engine).catch(() => undefined);
      if (binding === undefined || binding.source.type !== event.type) return undefined;
      const { root, source, queryFor } = binding;
      const own = { ...request, requestId: options.newRequestId(), mayMutate: false, signal: options.signal };
      const prepared = { operation: queryFor(event[source.by]), caller, request: own };
      const result = await ask(prepared, engine, options.presentErrors);
      const isNull = (result.data?.[root.responseKey] ?? null) === null;
      if (isNull && result.errors === undefined) return undefined;
      // The subscription's field is non-null where the query's is not.
      const data = isNull ? null : (result.data ?? null);
      const shown = { data, extensions: { ...result.extensions, eventId: cursorOf(event) } };
      return result.errors === undefined ? shown : { errors: result.errors, ...shown };
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
