import { describe, expect, it } from '@jest/globals';
import { createLiveSubscriptions } from './live-subscriptions.ts';
import type { SubscriptionHandlers, SubscriptionResult } from './open-subscription.ts';

/** The page's subscriptions, over connections that the test plays. */
function open() {
  const connections: { handlers: SubscriptionHandlers; isClosed: boolean }[] = [];
  const heard: SubscriptionResult[] = [];
  const live = createLiveSubscriptions({
    now: () => 5_000,
    onEvent: (result) => heard.push(result),
    open: (_request, _parts, handlers) => {
      const connection = { handlers, isClosed: false };
      connections.push(connection);
      return () => (connection.isClosed = true);
    },
  });
  const start = (tabId: string) => {
    const shown: unknown[] = [];
    const subscription = live.start(
      { query: 'subscription { news }', variables: undefined, operationName: undefined },
      {
        name: 'News',
        as: 'Mona Saleh',
        tabId,
        connection: { url: 'ws://localhost', canRenew: true, authorization: async () => undefined },
      },
      { next: (result) => shown.push(result), complete: () => shown.push('complete') },
    );
    return { shown, ...subscription };
  };
  return { live, connections, heard, start };
}

const inTab = (activeId: string, ids = ['tab-1', 'tab-2']) => ({ activeId, ids });
/** What the page decides right after the editor's own work is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const event = (number: number): SubscriptionResult => ({ data: { news: number } });

describe('live subscriptions', () => {
  it('show their events in the editor and keep the last fifty, latest first', () => {
    const { live, connections, heard, start } = open();
    live.tabsChanged(inTab('tab-1'));
    const { shown } = start('tab-1');

    connections[0]?.handlers.onConnected();
    for (let number = 1; number <= 51; number++) connections[0]?.handlers.onEvent(event(number));

    const [subscription] = live.store.get();
    expect(subscription).toMatchObject({ name: 'News', as: 'Mona Saleh', status: 'listening' });
    expect(subscription?.events).toHaveLength(50);
    expect(subscription?.events[0]).toEqual({ number: 51, at: 5_000, result: event(51) });
    expect(shown).toHaveLength(51);
    expect(heard).toHaveLength(51);
  });

  it('say that they connect again when their connection is lost', () => {
    const { live, connections, start } = open();
    start('tab-1');
    connections[0]?.handlers.onConnected();

    connections[0]?.handlers.onLost();

    expect(live.store.get()[0]?.status).toBe('connecting');
    connections[0]?.handlers.onConnected();
    expect(live.store.get()[0]?.status).toBe('listening');
  });

  it('go on when their tab is left, without writing into another tab', async () => {
    const { live, connections, start } = open();
    live.tabsChanged(inTab('tab-1'));
    const { shown, unsubscribe } = start('tab-1');

    unsubscribe();
    live.tabsChanged(inTab('tab-2'));
    await settled();
    connections[0]?.handlers.onEvent(event(1));

    expect(connections[0]?.isClosed).toBe(false);
    expect(live.store.get()[0]?.events).toHaveLength(1);
    expect(shown).toEqual([]);
  });

  it('go on when a new tab is opened, and the editor is told that it has nothing to stop', async () => {
    const { live, connections, start } = open();
    live.tabsChanged(inTab('tab-1'));
    const { shown } = start('tab-1');

    live.tabsChanged(inTab('tab-3', ['tab-1', 'tab-3']));
    await settled();
    connections[0]?.handlers.onEvent(event(1));

    expect(connections[0]?.isClosed).toBe(false);
    expect(shown).toEqual(['complete']);
  });

  it('end when the editor stops them', async () => {
    const { live, connections, start } = open();
    live.tabsChanged(inTab('tab-1'));
    const { unsubscribe } = start('tab-1');

    unsubscribe();
    await settled();

    expect(connections[0]?.isClosed).toBe(true);
    expect(live.store.get()).toEqual([]);
  });

  it('end with their tab, shown or not', async () => {
    const { live, connections, start } = open();
    live.tabsChanged(inTab('tab-1'));
    const { unsubscribe } = start('tab-1');
    start('tab-2');

    unsubscribe();
    live.tabsChanged(inTab('tab-3', ['tab-3']));
    await settled();

    expect(connections.map(({ isClosed }) => isClosed)).toEqual([true, true]);
    expect(live.store.get()).toEqual([]);
  });

  it('give way to a new one in the same tab', () => {
    const { live, connections, start } = open();
    live.tabsChanged(inTab('tab-1'));

    start('tab-1');
    start('tab-1');

    expect(connections.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(live.store.get()).toHaveLength(1);
  });

  it('keep what they have heard, and say why, when the server ends them', () => {
    const { live, connections, start } = open();
    live.tabsChanged(inTab('tab-1'));
    const { shown } = start('tab-1');
    connections[0]?.handlers.onEvent(event(1));

    connections[0]?.handlers.onEnd('The sign-in has expired.');

    expect(live.store.get()[0]).toMatchObject({ status: 'ended', problem: 'The sign-in has expired.' });
    expect(live.store.get()[0]?.events).toHaveLength(1);
    expect(shown).toEqual([event(1), { errors: [{ message: 'The sign-in has expired.' }] }, 'complete']);
  });
});
