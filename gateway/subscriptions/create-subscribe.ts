import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLimitAtOnce } from '../lib/limit-at-once.ts';
import type { Prepared } from '../pipeline.ts';
import { LiveSubscription, type SubscriptionClient, type SubscriptionOptions } from './live-subscription.ts';
import type { RealtimeEngine } from './realtime-engine.ts';

/** Takes up a subscription that the engine has authorized; its answers come until its queue is ended. */
export type Subscribe = (prepared: Prepared, engine: RealtimeEngine, client: SubscriptionClient) => LiveSubscription;

/** So many subscriptions are renewed before other work has its turn. */
const RENEWED_AT_ONCE = 50;
/** So many missed events are asked about at a time, over all clients. */
const REPLAYED_AT_ONCE = 64;

/** Builds what takes up subscriptions to fields with an event source. `renew` moves all of them to the engine in force. */
export function createSubscribe(options: Omit<SubscriptionOptions, 'limitReplay'>): {
  readonly subscribe: Subscribe;
  readonly renew: () => Promise<void>;
} {
  const live = new Set<LiveSubscription>();
  const all = { ...options, limitReplay: createLimitAtOnce(REPLAYED_AT_ONCE) };
  return {
    subscribe(prepared, engine, client) {
      const onEnd = (ended: LiveSubscription): void => {
        live.delete(ended);
        client.onEnd(ended);
      };
      const subscription = new LiveSubscription(prepared, engine, { ...client, onEnd }, all);
      live.add(subscription);
      return subscription;
    },
    async renew() {
      let renewed = 0;
      for (const subscription of [...live]) {
        if (live.has(subscription)) await subscription.renew();
        renewed += 1;
        if (renewed % RENEWED_AT_ONCE === 0) await nextTurn();
      }
    },
  };
}
