import type { DomainEvent, LoggedEvent } from '../wire/domain-event.ts';

/**
 * The port through which domain events travel between processes. A bus keeps one totally ordered log: every event gets a
 * position when it is published, consumers see events in the order of their positions, and any consumer can start after any
 * position that the log still holds. What serves as position, always above 0 and below 2^63: the row number of a PostgreSQL log,
 * the entry id of a Redis stream (milliseconds << 20 | sequence), or one more than the offset in a one-partition Kafka topic.
 */
export interface EventBus {
  /** Positions of one kind of bus mean nothing to another: whoever stores a position stores this with it. */
  readonly kind: EventBusKind;
  /**
   * Appends events in the given order, all or none. Publishing again after an unclear failure is safe: consumers see an event once
   * by its id. Rejects when the bus cannot be reached.
   */
  publish(events: readonly DomainEvent[]): Promise<void>;
  /** Starts reading. Never throws: while the bus cannot be reached, it tries again with backoff. */
  consume(options: ConsumeOptions): Consumer;
  /** Stops every consumer and lets go of all connections. */
  close(): Promise<void>;
}

export type EventBusKind = 'postgres' | 'redis' | 'kafka';

export interface ConsumeOptions {
  /**
   * Where to start. A position: with the event after that one, 0 being before the first. A point in time: with the first event
   * that the bus, by its own clock, logged then or later. `now`: at the end of the log at the first successful connection.
   */
  readonly after: StartingPoint;
  /** Gets one event at a time; the next one waits for the promise. A rejection brings the same event again, after a backoff. */
  onEvent(event: LoggedEvent): Promise<void> | void;
  /** Told that the log was read up to here without an event to hand over: an entry is unreadable, or an event that came before. */
  onPassedOver?(position: bigint): void;
  /** Told of every change of state; `cause` is what ended the connection, or what `onEvent` threw. */
  onState?(state: ConsumerState, cause?: unknown): void;
}

export type StartingPoint = 'now' | bigint | Date;

/** `listening`: events arrive as they are published. `waiting`: not connected, or backing off after a failure. */
export type ConsumerState = 'waiting' | 'listening';

export interface Consumer {
  readonly state: ConsumerState;
  /**
   * The position of the last entry that `onEvent` has finished with or that was passed over; `undefined` until a start by time or
   * `now` is known.
   */
  readonly position: bigint | undefined;
  /**
   * Resolves when the consumer listens for the first time: an event published from then on reaches it. Stays pending for one
   * that is stopped before.
   */
  readonly started: Promise<void>;
  /** Stops after the event in hand. */
  stop(): Promise<void>;
}
