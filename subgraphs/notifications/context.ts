import type DataLoader from 'dataloader';
import { signedIn, type RequestContext } from '../shared/context.ts';
import { loaderById } from '../shared/loaders.ts';
import { openInbox, type Inbox } from './inbox.ts';
import { openPreferences, type Preferences } from './preferences.ts';
import type { NotificationRecord } from './records.ts';
import type { NotificationStore } from './store.ts';

/** What a resolver of this subgraph works with. */
export interface Context extends RequestContext {
  /** The caller's own. Throws `UNAUTHENTICATED` or `FORBIDDEN` for who is not a signed-in person. */
  own(): Own;
}

/** What belongs to the caller: there is no way from here to what belongs to anybody else. */
export interface Own {
  readonly userId: string;
  readonly inbox: Inbox;
  readonly preferences: Preferences;
  readonly notification: DataLoader<string, NotificationRecord | null>;
  unreadCount(): Promise<number>;
}

/** Makes the context of one request. */
export function createContext(store: NotificationStore, now: () => Date, request: RequestContext): Context {
  let own: Own | undefined;
  return { ...request, own: () => (own ??= ownOf(store, now, signedIn(request.identity).subject)) };
}

function ownOf(store: NotificationStore, now: () => Date, userId: string): Own {
  return {
    userId,
    inbox: openInbox(store, userId, now),
    preferences: openPreferences(store, userId, now),
    notification: loaderById(
      (ids) => store.byId(userId, ids),
      ({ id }) => id,
    ),
    unreadCount: () => store.countUnread(userId),
  };
}
