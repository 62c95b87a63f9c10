import type { DomainEvent } from '../../wire/domain-event.ts';
import type { OperationResult } from '../context.ts';
import type { HeardEvent } from './event-window.ts';

/** What a subscriber waits for: events of a type that concern a user, of all subjects or of one. */
export interface Interest {
  readonly type: string;
  readonly user: string;
  readonly subject: string | undefined;
}

/** One subscription of one client, as one caller. */
export interface Subscriber {
  readonly interest: Interest;
  /** Subscribers with the same key are shown the same of an event. */
  readonly shareKey: string;
  /** Asks what the event shows; undefined when it shows nothing. Never rejects. */
  readonly resolve: (event: HeardEvent) => Promise<OperationResult | undefined>;
  /** Takes an answer that is under way; answers are delivered in the order in which they are pushed. */
  readonly push: (answer: Promise<OperationResult | undefined>, event: HeardEvent) => void;
}

/** Finds subscribers by what happened, without going through those whom it does not concern. */
export interface SubscriberIndex {
  add(subscriber: Subscriber): void;
  remove(subscriber: Subscriber): void;
  /** Those who wait for an event like this and are in its audience. */
  find(event: Pick<DomainEvent, 'type' | 'subject' | 'audience'>): Subscriber[];
}

/** Builds an empty index. */
export function createSubscriberIndex(): SubscriberIndex {
  const byInterest = new Map<string, Set<Subscriber>>();
  return {
    add(subscriber) {
      const key = keyOf(subscriber.interest);
      const group = byInterest.get(key) ?? new Set();
      byInterest.set(key, group.add(subscriber));
    },
    remove(subscriber) {
      const key = keyOf(subscriber.interest);
      const group = byInterest.get(key);
      group?.delete(subscriber);
      if (group?.size === 0) byInterest.delete(key);
    },
    find({ type, subject, audience }) {
      const found: Subscriber[] = [];
      for (const user of new Set(audience))
        for (const one of [subject, undefined])
          for (const subscriber of byInterest.get(keyOf({ type, user, subject: one })) ?? []) found.push(subscriber);
      return found;
    },
  };
}

/** As JSON, so that no characters in one part can pass for another part. */
function keyOf({ type, user, subject }: Interest): string {
  return JSON.stringify(subject === undefined ? [type, user] : [type, user, subject]);
}
