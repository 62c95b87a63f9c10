import type { Prepared } from '../pipeline.ts';
import type { AnswerQueue, Backlog } from './answer-queue.ts';
import type { Subscribe } from './create-subscribe.ts';
import type { EventWindow } from './event-window.ts';
import { findResumePoint } from './find-resume-point.ts';
import type { LiveSubscription } from './live-subscription.ts';
import type { RealtimeEngine } from './realtime-engine.ts';
import { rootFieldOf } from './root-field.ts';
import type { SubscribeUpstream } from './upstream/create-subscribe-upstream.ts';
import type { UpstreamSubscription } from './upstream/upstream-subscription.ts';

/** The client of a subscription, whichever the transport. */
export interface TakingClient {
  /** Shared by the subscriptions of one client. */
  readonly backlog: Backlog;
  /** Those that are to hear when the client identifies itself anew; each is in it from its taking up to its end. */
  readonly subscriptions: Set<Pick<LiveSubscription, 'changeCaller'>>;
  /** What a connection names as its last event, for subscriptions on it that name none of their own; it may be anything. */
  readonly lastEventId?: unknown;
  /** Called when too many answers wait for the client. */
  readonly onOverflow: () => void;
}

/**
 * Authorizes a subscription and takes it up from now on, or from the event on that its client names as its last. Resolves with its
 * answers. Throws what the client is refused with.
 */
export type TakeUp = (prepared: Prepared, engine: RealtimeEngine, client: TakingClient) => Promise<AnswerQueue>;

interface Options {
  /** For fields with an event source. */
  readonly subscribe: Subscribe;
  /** For fields whose subgraph sends their events itself. */
  readonly subscribeUpstream: SubscribeUpstream;
  readonly window: EventWindow;
  /** Resolves when events arrive; rejects when they cannot be had. */
  readonly eventsArrive: () => Promise<void>;
}

/** Builds what takes up the subscriptions of every transport. */
export function createTakeUp({ subscribe, subscribeUpstream, window, eventsArrive }: Options): TakeUp {
  return async (prepared, engine, { backlog, subscriptions, lastEventId, onOverflow }) => {
    await engine.steps.authorize(prepared.operation, prepared.caller);
    const onEnd = (ended: LiveSubscription | UpstreamSubscription): void => void subscriptions.delete(ended);
    const begin = async (): Promise<LiveSubscription | UpstreamSubscription> => {
      const root = rootFieldOf(prepared.operation);
      if (root !== undefined && !engine.eventSources.has(root.name))
        return subscribeUpstream(prepared, engine, { backlog, onOverflow, onEnd });
      await eventsArrive();
      const resume = await findResumePoint(prepared.request.params.extensions?.['lastEventId'] ?? lastEventId, window);
      return subscribe(prepared, engine, { backlog, onOverflow, resume, onEnd });
    };
    const subscription = await begin();
    subscriptions.add(subscription);
    // Another engine may have come into force since the operation was prepared, and gone through the subscriptions before this one.
    void subscription.renew();
    return subscription.queue;
  };
}
