import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Prepared } from '../../pipeline.ts';
import type { RealtimeEngine } from '../realtime-engine.ts';
import { UpstreamSubscription, type UpstreamClient, type UpstreamOptions } from './upstream-subscription.ts';

/** Takes up a subscription that the engine has authorized, and that a subgraph feeds. Throws `BAD_USER_INPUT` where none does. */
export type SubscribeUpstream = (
  prepared: Prepared,
  engine: RealtimeEngine,
  client: UpstreamClient,
) => Promise<UpstreamSubscription>;

/** So many subscriptions are renewed before other work has its turn. */
const RENEWED_AT_ONCE = 50;

/**
 * Builds what takes up subscriptions to fields of subgraphs that send their events themselves. `renew` moves all of them to the
 * engine in force.
 */
export function createSubscribeUpstream(options: UpstreamOptions): {
  readonly subscribe: SubscribeUpstream;
  readonly renew: () => Promise<void>;
} {
  const live = new Set<UpstreamSubscription>();
  return {
    async subscribe(prepared, engine, client) {
      const onEnd = (ended: UpstreamSubscription): void => {
        live.delete(ended);
        client.onEnd(ended);
      };
      const binding = { prepared, upstream: await engine.upstreamOf(prepared) };
      const subscription = new UpstreamSubscription(binding, engine, { ...client, onEnd }, options);
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
