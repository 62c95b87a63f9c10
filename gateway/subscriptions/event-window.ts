import type { LoggedEvent } from '../../wire/domain-event.ts';
import type { Clock } from '../lib/clock.ts';
import { createFifo, type Fifo } from '../lib/fifo.ts';
import { checkOf, cursorOf, readCursor } from './event-cursor.ts';
import type { Interest } from './subscriber-index.ts';

/** What a subscription asks an event with. */
export type HeardEvent = Pick<LoggedEvent, 'id' | 'subject' | 'position'> & { readonly type: string };

interface Options {
  /** For how long an event is kept after it was heard, unless there are too many. */
  readonly maxAgeMs: number;
  readonly maxEvents: number;
  readonly clock: Clock;
}

/** The events of one type that concern one user, oldest first. */
interface Shelf {
  readonly key: string;
  readonly events: Fifo<KeptEvent>;
}

/** As little as possible: there are hundreds of thousands. Who is concerned is told by the shelves, the type by their key. */
interface KeptEvent {
  readonly id: string;
  readonly subject: string;
  readonly position: bigint;
  readonly heardAtMs: number;
  readonly shelves: readonly Shelf[];
}

/** After a quiet time many events may be over at once; letting go of all would hold up the one that has just come. */
const MAX_FORGOTTEN_AT_ONCE = 100;

/** The events of the recent past, for clients that were away. It holds ids alone, never what an event showed to anyone. */
export class EventWindow {
  readonly #options: Options;
  readonly #log = createFifo<KeptEvent>();
  readonly #shelves = new Map<string, Shelf>();
  readonly #waiting = new Set<{ readonly position: bigint; readonly end: () => void }>();
  /** Whatever came after the floor is kept. */
  #floor: bigint | undefined;
  #last: { readonly position: bigint; readonly id: string | undefined } | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  get size(): number {
    return this.#log.length;
  }

  /** Says where the log was when listening began: from there on nothing is missing. */
  begin(position: bigint): void {
    this.#floor ??= position;
    this.#last ??= { position, id: undefined };
    this.#wake();
  }

  /** Takes the next event of the log. */
  add({ id, type, subject, position, audience }: LoggedEvent): void {
    const shelves = [...new Set(audience)].map((user) => this.#shelfOf(keyOf(type, user)));
    const event = { id, subject, position, heardAtMs: this.#options.clock(), shelves };
    this.#floor ??= position - 1n;
    this.#log.push(event);
    for (const { events } of shelves) events.push(event);
    this.#last = event;
    this.#forgetWhatIsOver();
    this.#wake();
  }

  /** Notes that the log holds no further event up to this position. */
  passOver(position: bigint): void {
    this.#floor ??= position - 1n;
    this.#last = { position, id: undefined };
    this.#wake();
  }

  /** The place up to which the log was heard; undefined before anything is known of the log. */
  head(): { readonly position: bigint; readonly cursor: string } | undefined {
    return this.#last && { position: this.#last.position, cursor: cursorOf(this.#last) };
  }

  /**
   * Finds the place that a client's cursor names: `gap` when events after it may be missing here or the cursor is not one of this
   * log, `ahead` when this process has not heard of it yet.
   */
  find(text: string): bigint | 'gap' | 'ahead' {
    const cursor = readCursor(text);
    if (cursor === undefined || this.#last === undefined) return 'gap';
    const { position, check } = cursor;
    if (position > this.#last.position) return 'ahead';
    if (check === '') return this.#floor !== undefined && position >= this.#floor ? position : 'gap';
    const event = this.#log.at(countUpTo(this.#log, position) - 1);
    return event?.position === position && checkOf(event.id) === check ? position : 'gap';
  }

  /** The first event after a place that an interest waits for; `gap` when events after the place have been let go. */
  next(after: bigint, { type, user, subject }: Interest): HeardEvent | 'gap' | undefined {
    if (this.#floor !== undefined && after < this.#floor) return 'gap';
    const events = this.#shelves.get(keyOf(type, user))?.events;
    if (events === undefined) return undefined;
    for (let place = countUpTo(events, after); place < events.length; place += 1) {
      const event = events.at(place);
      if (event !== undefined && (subject === undefined || subject === event.subject))
        return { id: event.id, type, subject: event.subject, position: event.position };
    }
    return undefined;
  }

  /** Resolves when the log has been heard up to a position, or the signal aborts. */
  reached(position: bigint, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        this.#waiting.delete(waiter);
        resolve();
      };
      const waiter = { position, end };
      this.#waiting.add(waiter);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
      else this.#wake();
    });
  }

  #wake(): void {
    for (const { position, end } of this.#waiting)
      if (this.#last !== undefined && position <= this.#last.position) end();
  }

  #shelfOf(key: string): Shelf {
    const shelf = this.#shelves.get(key) ?? { key, events: createFifo<KeptEvent>() };
    this.#shelves.set(key, shelf);
    return shelf;
  }

  #forgetWhatIsOver(): void {
    const { clock, maxAgeMs, maxEvents } = this.#options;
    const overBeforeMs = clock() - maxAgeMs;
    for (let n = 0; n < MAX_FORGOTTEN_AT_ONCE; n += 1) {
      const isOver = (this.#log.at(0)?.heardAtMs ?? Infinity) < overBeforeMs;
      if (!isOver && this.#log.length <= maxEvents) return;
      this.#forgetOldest();
    }
  }

  #forgetOldest(): void {
    const oldest = this.#log.shift();
    if (oldest === undefined) return;
    this.#floor = oldest.position;
    for (const { key, events } of oldest.shelves) {
      events.shift();
      if (events.length === 0) this.#shelves.delete(key);
    }
  }
}

/** How many events of a queue are at or before a position. */
function countUpTo(events: Fifo<KeptEvent>, position: bigint): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events.at(middle)?.position ?? position) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As JSON, so that no characters in one part can pass for another part. */
function keyOf(type: string, user: string): string {
  return JSON.stringify([type, user]);
}
