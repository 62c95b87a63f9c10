import { LRUCache } from 'lru-cache';
import type { Identity } from '../../wire/identity.ts';

/** The sessions that have ended while access tokens of theirs may still hold. */
export interface RevokedSessions {
  readonly add: (sessionId: string) => void;
  readonly has: (identity: Identity) => boolean;
}

/** Longer than access tokens live: 15 minutes are ours. */
const REMEMBERED_MS = 60 * 60_000;
/** More sign-outs in an hour than that are forgotten early; their tokens then live on for their minutes. */
const MAX_REMEMBERED = 100_000;

/** Builds an empty memory of ended sessions. */
export function createRevokedSessions(): RevokedSessions {
  const ended = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  return {
    add: (sessionId) => void ended.set(sessionId, true),
    has: (identity) =>
      identity.kind !== 'anonymous' && identity.sessionId !== undefined && ended.has(identity.sessionId),
  };
}
