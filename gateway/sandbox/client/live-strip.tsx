import type { ReactNode } from 'react';
import { eventLine } from './event-line.ts';
import type { LiveEvent, LiveSubscription, LiveSubscriptions } from './live-subscriptions.ts';
import { useStore } from './use-store.ts';

/** The strip at the bottom: every subscription of the page and its events, whichever tab is shown. */
export function LiveStrip({ live }: { live: LiveSubscriptions }): ReactNode {
  const subscriptions = useStore(live.store);
  if (subscriptions.length === 0) return null;
  return (
    <section className="cg-live" aria-label="Live">
      {subscriptions.map((subscription) => (
        <article key={subscription.id} className={`cg-subscription cg-is-${subscription.status}`}>
          <h2>
            <span className="cg-dot" aria-hidden="true" />
            {subscription.name}
            <span className="cg-as">as {subscription.as}</span>
            <span className="cg-as">{wordsFor(subscription)}</span>
            <button type="button" className="cg-quiet" onClick={() => live.stop(subscription.id)}>
              {subscription.status === 'ended' ? 'Dismiss' : 'Stop'}
            </button>
          </h2>
          {subscription.problem !== undefined && <p className="cg-problem">{subscription.problem}</p>}
          <ol reversed>
            {subscription.events.map((event) => (
              <li key={event.number}>
                <Event event={event} />
              </li>
            ))}
          </ol>
        </article>
      ))}
    </section>
  );
}

function Event({ event }: { event: LiveEvent }): ReactNode {
  return (
    <details>
      <summary>
        <time>{new Date(event.at).toLocaleTimeString()}</time>
        <code>{eventLine(event.result)}</code>
      </summary>
      <pre>{JSON.stringify(event.result, undefined, 2)}</pre>
    </details>
  );
}

function wordsFor({ status, events }: LiveSubscription): string {
  const count = events[0]?.number ?? 0;
  const heard = count === 1 ? '1 event' : `${count} events`;
  if (status === 'connecting') return 'connecting …';
  if (status === 'ended') return `ended after ${heard}`;
  return count === 0 ? 'waiting for the first event …' : heard;
}
