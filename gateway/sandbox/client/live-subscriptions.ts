import { createStore } from './create-store.ts';
import type { Store } from './create-store.ts';
import type {
  openSubscription,
  SubscriptionHandlers,
  SubscriptionParts,
  SubscriptionRequest,
  SubscriptionResult,
} from './open-subscription.ts';

export interface LiveEvent {
  /** Counts up within its subscription, from 1. */
  number: number;
  /** In milliseconds since 1970. */
  at: number;
  result: SubscriptionResult;
}

/** A subscription that this page has started, whether its tab is shown or not. */
export interface LiveSubscription {
  id: number;
  name: string;
  /** Whose sign-in it runs under, in words. */
  as: string;
  tabId: string;
  status: 'connecting' | 'listening' | 'ended';
  /** Why it has ended, where that was not its natural end. */
  problem: string | undefined;
  /** Latest first, the last fifty. */
  events: readonly LiveEvent[];
}

export interface OpenTabs {
  activeId: string;
  ids: readonly string[];
}

/** What the editor shows while the subscription's tab is the active one. */
export interface Observer {
  next: (result: SubscriptionResult) => void;
  complete: () => void;
}

export interface StartParts {
  name: string;
  as: string;
  tabId: string;
  connection: SubscriptionParts;
}

export interface LiveSubscriptions {
  readonly store: Store<readonly LiveSubscription[]>;
  /** Starts a subscription, in place of an earlier one of the same tab. `unsubscribe` is the editor letting go of it. */
  start(request: SubscriptionRequest, parts: StartParts, observer: Observer): { unsubscribe: () => void };
  /** Stops it and forgets its events. */
  stop(id: number): void;
  /** To be told whenever the editor's tabs change. */
  tabsChanged(tabs: OpenTabs): void;
}

export interface LiveParts {
  open: typeof openSubscription;
  /** In milliseconds since 1970. */
  now: () => number;
  onEvent: (result: SubscriptionResult) => void;
}

const EVENTS_KEPT = 50;

/**
 * Keeps the subscriptions of the page. The editor lets go of one in the same way when its tab is left and when its stop button
 * is pressed; only the latter (or closing the tab) is meant to end it. Which one it was shows right after: in the tabs.
 */
export function createLiveSubscriptions({ open, now, onEvent }: LiveParts): LiveSubscriptions {
  const store = createStore<readonly LiveSubscription[]>([]);
  const closers = new Map<number, () => void>();
  const observers = new Map<number, Observer>();
  let tabs: OpenTabs = { activeId: '', ids: [] };
  let started = 0;

  function release(id: number): void {
    observers.get(id)?.complete();
    observers.delete(id);
  }

  function stop(id: number): void {
    closers.get(id)?.();
    closers.delete(id);
    release(id);
    store.set(store.get().filter((live) => live.id !== id));
  }

  function receive(id: number, result: SubscriptionResult): void {
    record(store, id, { at: now(), result });
    onEvent(result);
    observers.get(id)?.next(result);
  }

  function end(id: number, problem: string | undefined): void {
    closers.delete(id);
    change(store, id, () => ({ status: 'ended', problem }));
    if (problem !== undefined) observers.get(id)?.next(problemResult(problem));
    release(id);
  }

  function letGo(id: number): void {
    observers.delete(id);
    queueMicrotask(() => {
      if (store.get().some((live) => live.id === id && !isLeftBehind(live, tabs))) stop(id);
    });
  }

  return {
    store,
    stop,
    start: (request, { name, as, tabId, connection }, observer) => {
      for (const live of store.get()) if (live.tabId === tabId) stop(live.id);
      const id = ++started;
      observers.set(id, observer);
      store.set([...store.get(), { id, name, as, tabId, status: 'connecting', problem: undefined, events: [] }]);
      const close = open(request, connection, {
        ...showsConnection(store, id),
        onEvent: (result) => receive(id, result),
        onEnd: (problem) => end(id, problem),
      });
      closers.set(id, close);
      return { unsubscribe: () => letGo(id) };
    },
    tabsChanged: (next) => {
      tabs = next;
      queueMicrotask(() => {
        for (const { id, tabId } of store.get()) {
          if (!tabs.ids.includes(tabId)) stop(id);
          else if (tabId !== tabs.activeId) release(id);
        }
      });
    },
  };
}

/** Its tab is still there, and another one is shown. */
function isLeftBehind({ tabId }: LiveSubscription, { activeId, ids }: OpenTabs): boolean {
  return tabId !== activeId && ids.includes(tabId);
}

function showsConnection(
  store: Store<readonly LiveSubscription[]>,
  id: number,
): Pick<SubscriptionHandlers, 'onConnected' | 'onLost'> {
  return {
    onConnected: () => change(store, id, () => ({ status: 'listening' })),
    onLost: () => change(store, id, () => ({ status: 'connecting' })),
  };
}

function record(store: Store<readonly LiveSubscription[]>, id: number, event: Omit<LiveEvent, 'number'>): void {
  change(store, id, ({ events }) => ({
    events: [{ number: (events[0]?.number ?? 0) + 1, ...event }, ...events].slice(0, EVENTS_KEPT),
  }));
}

function change(
  store: Store<readonly LiveSubscription[]>,
  id: number,
  changed: (live: LiveSubscription) => Partial<LiveSubscription>,
): void {
  store.set(store.get().map((live) => (live.id === id ? { ...live, ...changed(live) } : live)));
}

/** A problem in the form of an answer, for the editor to show. */
export function problemResult(message: string): SubscriptionResult {
  return { errors: [{ message }] };
}
