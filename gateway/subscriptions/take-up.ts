import type { Prepared } from '../pipeline.ts';
import type { AnswerQueue } from './answer-queue.ts';
import type { Subscribe } from './create-subscribe.ts';
import type { RealtimeEngine } from './realtime-engine.ts';

/**
 * Authorizes a subscription and takes it up, whichever the transport. Resolves with its answers; `onOverflow` is called when too many
 * wait for the client. Throws what the client is refused with.
 */
export type TakeUp = (prepared: Prepared, engine: RealtimeEngine, onOverflow: () => void) => Promise<AnswerQueue>;

interface Options {
  readonly subscribe: Subscribe;
  /** Resolves when events arrive; rejects when they cannot be had. */
  readonly eventsArrive: () => Promise<void>;
}

/** Builds what takes up the subscriptions of every transport. */
export function createTakeUp({ subscribe, eventsArrive }: Options): TakeUp {
  return async (prepared, engine, onOverflow) => {
    await engine.steps.authorize(prepared.operation, prepared.caller);
    await eventsArrive();
    return subscribe(prepared, engine, onOverflow);
  };
}
