import type { Prepared } from '../pipeline.ts';
import { bindSubscription, type Binding } from './bind-subscription.ts';
import type { RealtimeEngine } from './realtime-engine.ts';

/** Validates and authorizes a subscription anew, as its caller is now and on another engine. Throws the reasons against it. */
export async function readAgain(
  { caller, request }: Prepared,
  engine: RealtimeEngine,
  forwardHeaders: readonly string[],
): Promise<Binding> {
  const operation = await engine.steps.prepare(request, caller);
  await engine.steps.authorize(operation, caller);
  return bindSubscription({ operation, caller, request }, engine, forwardHeaders);
}
