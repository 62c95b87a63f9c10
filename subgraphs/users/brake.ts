import { createHmac } from 'node:crypto';
import { clientError } from '../shared/client-error.ts';
import type { AttemptStore } from './store-attempts.ts';

export interface BrakeOptions {
  readonly store: AttemptStore;
  /** Makes the subjects unreadable at rest: an address that somebody mistyped must not lie in the table. */
  readonly key: Uint8Array;
  readonly now: () => Date;
  readonly kind: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** Slows down whoever tries too often, subject by subject, in the same way whether or not the subject exists. */
export interface Brake {
  /** Throws `RATE_LIMITED` when the subject has had its attempts. */
  assertOpen(subject: string): Promise<void>;
  /** Counts an attempt. Throws `RATE_LIMITED` when there were more than the limit, this one included. */
  count(subject: string): Promise<void>;
  /** Forgets the attempts. */
  release(subject: string): Promise<void>;
}

export function createBrake({ store, key, now, kind, limit, windowMs }: BrakeOptions): Brake {
  const pseudonym = (subject: string): string => createHmac('sha256', key).update(subject).digest('base64url');
  const since = (at: Date): Date => new Date(at.getTime() - windowMs);
  const limited = () =>
    clientError('RATE_LIMITED', `Too many attempts: try again in ${Math.ceil(windowMs / 60_000)} minutes.`);
  return {
    async assertOpen(subject) {
      if ((await store.count(kind, pseudonym(subject), since(now()))) >= limit) throw limited();
    },
    async count(subject) {
      const at = now();
      if ((await store.add(kind, pseudonym(subject), { since: since(at), now: at })) > limit) throw limited();
    },
    release: (subject) => store.clear(kind, pseudonym(subject)),
  };
}
