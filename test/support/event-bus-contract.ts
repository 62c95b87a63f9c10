import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsumerState, EventBus, StartingPoint } from '../../events/event-bus.ts';
import type { BusAddress } from '../../events/bus-address.ts';
import { openEventBus } from '../../events/open-event-bus.ts';
import type { DomainEvent, LoggedEvent } from '../../wire/domain-event.ts';
import { publishUntilKilled } from './publishing-process.ts';

/** A broker of its own for one run of the contract. */
export interface BrokerUnderTest {
  readonly address: BusAddress;
  /** Ends the broker as a crash would, and starts it again on the same data and the same port. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Appends an event that is in the log already, past whatever of the bus would recognise it. */
  appendDouble(event: DomainEvent): Promise<void>;
  stop(): Promise<void>;
}

const RETENTION_MS = 24 * 60 * 60 * 1000;
const SILENT = { error: () => undefined };

/** What every adapter of the event bus has to keep, against a real broker. */
export function describeEventBus(name: string, startBroker: () => Promise<BrokerUnderTest>): void {
  describe(`the event bus over ${name}`, () => {
    let broker: BrokerUnderTest;
    const buses: EventBus[] = [];
    const openBus = (): EventBus => {
      const bus = openEventBus({ address: broker.address, retentionMs: RETENTION_MS }, SILENT);
      buses.push(bus);
      return bus;
    };

    beforeAll(async () => {
      broker = await startBroker();
    }, 120_000);
    afterEach(async () => {
      await Promise.all(buses.splice(0).map((bus) => bus.close()));
    });
    afterAll(() => broker.stop());

    it('brings events in the order in which they were published, with all their attributes', async () => {
      const seen = collect(openBus(), 'now');
      await seen.consumer.started;
      const events = [
        eventOf('order-1', { audience: ['ann', 'ben'], data: { status: 'CONFIRMED', reason: null } }),
        eventOf('order-2', { subject: 'another' }),
        eventOf('order-3', { subject: 'NULL', audience: ['a, "b"', '{c}\\d'], data: { 'e "é" 🙂': 'f\\n\t' } }),
      ];

      await openBus().publish(events);

      await seen.until((list) => list.length === 3);
      expect(seen.list.map(({ position: _, ...event }) => event)).toEqual(events);
      await seen.consumer.stop();
      expect(seen.consumer.position).toBe(seen.list[2]?.position);
    });

    it('keeps one order for all consumers, each of which sees all, while many publish at once', async () => {
      const consumers = [openBus(), openBus()].map((bus) => collect(bus, 'now'));
      await Promise.all(consumers.map(({ consumer }) => consumer.started));

      await Promise.all(
        Array.from({ length: 4 }, async (_, publisher) => {
          const bus = openBus();
          for (let n = 0; n < 20; n += 1) await bus.publish([eventOf(`race-${publisher}-${n}`)]);
        }),
      );

      await Promise.all(consumers.map((seen) => seen.until((list) => list.length === 80)));
      const [first = [], second] = consumers.map(({ list }) => list.map(({ id }) => id));
      expect(second).toEqual(first);
      for (let publisher = 0; publisher < 4; publisher += 1) {
        const own = first.filter((id) => id.startsWith(`race-${publisher}-`));
        expect(own).toEqual(Array.from({ length: 20 }, (_, n) => `race-${publisher}-${n}`));
      }
      const positions = consumers[0]?.list.map(({ position }) => position) ?? [];
      expect(positions.every((position, n) => n === 0 || position > (positions[n - 1] ?? 0n))).toBe(true);
    });

    it('goes on after the position of a consumer that was away, and with `now` leaves out what was before', async () => {
      const bus = openBus();
      const first = collect(bus, 'now');
      await first.consumer.started;
      await bus.publish([eventOf('away-1')]);
      await first.until((list) => list.length === 1);
      await first.consumer.stop();
      await bus.publish([eventOf('away-2'), eventOf('away-3')]);

      const back = collect(openBus(), first.consumer.position ?? 0n);
      const fresh = collect(openBus(), 'now');
      await fresh.consumer.started;
      await bus.publish([eventOf('away-4')]);

      await Promise.all([back.until(ends('away-4')), fresh.until(ends('away-4'))]);
      expect(first.ids()).toEqual(['away-1']);
      expect(back.ids()).toEqual(['away-2', 'away-3', 'away-4']);
      expect(fresh.ids()).toEqual(['away-4']);
    });

    it('starts at a point in time, and goes on live without a gap or a double', async () => {
      const bus = openBus();
      await bus.publish([eventOf('since-0')]);
      const since = await nextMillisecond();
      for (let n = 1; n <= 20; n += 1) await bus.publish([eventOf(`since-${n}`)]);

      const seen = collect(openBus(), since);
      for (let n = 21; n <= 60; n += 1) await bus.publish([eventOf(`since-${n}`)]);

      await seen.until(ends('since-60'));
      expect(seen.ids()).toEqual(Array.from({ length: 60 }, (_, n) => `since-${n + 1}`));
      const future = collect(openBus(), new Date(Date.now() + 60_000));
      await future.consumer.started;
      expect(future.list).toEqual([]);
    });

    it('reads the whole log after position 0', async () => {
      const bus = openBus();
      await bus.publish([eventOf('whole')]);

      const [one, other] = [collect(bus, 0n), collect(bus, new Date(0))];

      await Promise.all([one.until(ends('whole')), other.until(ends('whole'))]);
      expect(one.ids()).toContain('order-1');
      expect(other.ids()).toEqual(one.ids());
    });

    it('hands an event over once when it is in the log twice, also to a consumer that starts between the two', async () => {
      const bus = openBus();
      const seen = collect(bus, 'now');
      await seen.consumer.started;
      const events = [eventOf('double-1'), eventOf('double-2')];
      await bus.publish(events);
      await seen.until((list) => list.length === 2);

      const late = collect(openBus(), seen.consumer.position ?? 0n);
      await late.consumer.started;
      for (const event of events) await broker.appendDouble(event);
      await bus.publish([...events, eventOf('double-end')]);

      await Promise.all([seen.until(ends('double-end')), late.until(ends('double-end'))]);
      expect(seen.ids()).toEqual(['double-1', 'double-2', 'double-end']);
      expect(late.ids()).toEqual(['double-end']);
    });

    it('brings an event again when its receiver failed, before any later one', async () => {
      const tries: string[] = [];
      const bus = openBus();
      const seen = collect(bus, 'now', (event) => {
        tries.push(event.id);
        if (tries.length === 2) throw new Error('not now');
      });
      await seen.consumer.started;

      await bus.publish([eventOf('again-1'), eventOf('again-2'), eventOf('again-3')]);

      await seen.until((list) => list.length === 3);
      expect(tries).toEqual(['again-1', 'again-2', 'again-2', 'again-3']);
    });

    it('shows each event once and in order when publishers are killed midway and their batch is published again', async () => {
      const seen = collect(openBus(), 'now');
      await seen.consumer.started;

      let published = 0;
      for (let kill = 0; kill < 3; kill += 1) published = await publishUntilKilled(broker.address, published);
      await openBus().publish([eventOf('kill-end')]);

      await seen.until(ends('kill-end'));
      const batches = seen.ids().filter((id) => id.startsWith('batch-'));
      expect(batches.length).toBeGreaterThanOrEqual(published * 3);
      expect(batches).toEqual(batches.map((_, n) => `batch-${Math.floor(n / 3)}-${n % 3}`));
    }, 60_000);

    it('loses nothing when the broker crashes and starts again: what was published is there, consumers go on', async () => {
      const bus = openBus();
      const states: ConsumerState[] = [];
      const seen = collect(bus, 'now', undefined, (state) => states.push(state));
      await seen.consumer.started;
      await bus.publish([eventOf('crash-1')]);
      await seen.until((list) => list.length === 1);
      await seen.consumer.stop();
      await bus.publish([eventOf('crash-2')]);
      const live = collect(openBus(), 'now', undefined, (state) => states.push(state));
      await live.consumer.started;
      states.length = 0;

      await broker.crash();
      await expect(bus.publish([eventOf('crash-3')])).rejects.toThrow();
      await until(() => states.includes('waiting'));
      await broker.restart();

      await publishAtLast(bus, [eventOf('crash-3'), eventOf('crash-4')]);
      const back = collect(openBus(), seen.consumer.position ?? 0n);
      await Promise.all([live.until(ends('crash-4')), back.until(ends('crash-4'))]);
      expect(live.ids()).toEqual(['crash-3', 'crash-4']);
      expect(back.ids()).toEqual(['crash-2', 'crash-3', 'crash-4']);
      expect(states.at(-1)).toBe('listening');
    }, 120_000);

    it('refuses to go on after a position that its log has never reached, rather than pass over events', async () => {
      const causes: unknown[] = [];
      const consumer = openBus().consume({
        after: 2n ** 62n,
        onEvent: () => undefined,
        onState: (_, cause) => causes.push(cause),
      });

      await until(() => causes.length > 0);
      expect(String(causes[0])).toContain('not the log of that position');
      expect(consumer.state).toBe('waiting');
    });

    it('rejects a publish and keeps a consumer waiting where no broker answers', async () => {
      const bus = openEventBus({ address: nobodyAt(broker.address), retentionMs: RETENTION_MS }, SILENT);
      buses.push(bus);
      const { consumer } = collect(bus, 'now');

      await expect(bus.publish([eventOf('nowhere')])).rejects.toThrow();

      expect(consumer.state).toBe('waiting');
      expect(consumer.position).toBeUndefined();
    }, 30_000);
  });
}

function eventOf(id: string, rest: Partial<DomainEvent> = {}): DomainEvent {
  return {
    id,
    type: 'appointment.status-changed',
    source: 'appointments',
    subject: 'appointment-1',
    time: '2026-01-02T03:04:05.678Z',
    audience: [],
    data: {},
    ...rest,
  };
}

const ends =
  (id: string) =>
  (list: readonly LoggedEvent[]): boolean =>
    list.at(-1)?.id === id;

/** Consumes into a list and lets a test wait for what the list holds. */
function collect(
  bus: EventBus,
  after: StartingPoint,
  before: (event: LoggedEvent) => void = () => undefined,
  onState: (state: ConsumerState) => void = () => undefined,
) {
  const list: LoggedEvent[] = [];
  const consumer = bus.consume({
    after,
    onState,
    onEvent(event) {
      before(event);
      list.push(event);
    },
  });
  return {
    consumer,
    list,
    ids: () => list.map(({ id }) => id),
    until: (isDone: (list: readonly LoggedEvent[]) => boolean) => until(() => isDone(list)),
  };
}

/** Looks at every turn of the event loop; the time limit of the test ends a wait in vain. */
async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await nextTurn();
}

/** As a relay does: again and again until the bus takes it. */
async function publishAtLast(bus: EventBus, events: readonly DomainEvent[]): Promise<void> {
  for (;;) {
    const isDone = await bus.publish(events).then(
      () => true,
      () => false,
    );
    if (isDone) return;
  }
}

/** A time after every event so far and not after any to come, where broker and test share one clock. */
async function nextMillisecond(): Promise<Date> {
  const before = Date.now();
  while (Date.now() <= before) await nextTurn();
  return new Date();
}

function nobodyAt(address: BusAddress): BusAddress {
  switch (address.kind) {
    case 'postgres':
      return { kind: 'postgres', connectionString: 'postgresql://postgres:postgres@127.0.0.1:1/events' };
    case 'redis':
      return { kind: 'redis', url: 'redis://127.0.0.1:1' };
    case 'kafka':
      return { ...address, brokers: ['127.0.0.1:1'] };
  }
}
