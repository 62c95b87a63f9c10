import { expect, it } from '@jest/globals';
import type { LoggedEvent } from '../../wire/domain-event.ts';
import { EventWindow } from './event-window.ts';
import { findResumePoint } from './find-resume-point.ts';

const ADA = { type: 'appointment.status-changed', user: 'ada', subject: undefined };

function eventAt(position: number, { audience = ['ada'], subject = 'v1' } = {}): LoggedEvent {
  return {
    ...{ id: `e${position}`, type: 'appointment.status-changed', source: 'appointments', subject, audience },
    ...{ time: '2026-01-02T03:04:05Z', data: {}, position: BigInt(position) },
  };
}

function windowOf({ maxAgeMs = 1_000, maxEvents = 100 } = {}) {
  let nowMs = 0;
  const window = new EventWindow({ maxAgeMs, maxEvents, clock: () => nowMs });
  return { window, advance: (ms: number) => (nowMs += ms) };
}

it('gives one after the other what concerns a user, and only of the subject that they wait for', () => {
  const { window } = windowOf();
  window.begin(10n);
  window.add(eventAt(11));
  window.add(eventAt(14, { audience: ['eve', 'ada'], subject: 'v2' }));
  window.add(eventAt(15, { audience: ['eve'] }));
  window.add(eventAt(17));

  const positions = (interest: typeof ADA | { subject: string; type: string; user: string }): bigint[] => {
    const found: bigint[] = [];
    for (let after = 10n; ;) {
      const event = window.next(after, interest);
      if (event === undefined || event === 'gap') return found;
      found.push((after = event.position));
    }
  };

  expect(positions(ADA)).toEqual([11n, 14n, 17n]);
  expect(positions({ ...ADA, subject: 'v2' })).toEqual([14n]);
  expect(positions({ ...ADA, user: 'eve' })).toEqual([14n, 15n]);
  expect(positions({ ...ADA, type: 'notification.created' })).toEqual([]);
  expect(positions({ ...ADA, user: 'nobody' })).toEqual([]);
});

it('finds its own cursors, and neither those of another log nor any that may have lost events', () => {
  const { window, advance } = windowOf({ maxAgeMs: 1_000 });
  window.begin(10n);
  const begun = window.head()?.cursor ?? '';
  window.add(eventAt(11));
  const first = window.head()?.cursor ?? '';
  const other = windowOf().window;
  other.add({ ...eventAt(11), id: 'of another log' });
  expect([begun, first].map((cursor) => window.find(cursor))).toEqual([10n, 11n]);
  expect(window.find(other.head()?.cursor ?? '')).toBe('gap');

  advance(600);
  window.add(eventAt(12));
  advance(600);
  window.add(eventAt(13));

  expect(window.size).toBe(2);
  expect([begun, first].map((cursor) => window.find(cursor))).toEqual(['gap', 'gap']);
  expect([window.next(10n, ADA), window.next(11n, ADA)]).toEqual(['gap', expect.objectContaining({ id: 'e12' })]);
});

it('knows that nothing is missing before its first event, whenever it is told where listening began', () => {
  const { window } = windowOf();
  window.add(eventAt(11));
  window.add(eventAt(12));

  window.begin(12n);

  expect(window.next(10n, ADA)).toMatchObject({ id: 'e11' });
});

it('waits for what another gateway has heard of already, and goes on after it', async () => {
  const [behind, ahead] = [windowOf().window, windowOf().window];
  for (const window of [behind, ahead]) window.begin(10n);
  ahead.add(eventAt(11));
  const cursor = ahead.head()?.cursor;
  expect(behind.find(cursor ?? '')).toBe('ahead');

  const found = findResumePoint(cursor, behind);
  behind.add(eventAt(11));

  expect(await found).toBe(11n);
});

it('waits no longer than it may', async () => {
  const { window } = windowOf();
  window.begin(10n);
  const patience = new AbortController();
  let isOver = false;
  const reached = window.reached(99n, patience.signal).then(() => (isOver = true));
  window.add(eventAt(11));
  expect(isOver).toBe(false);

  patience.abort();

  await reached;
});
