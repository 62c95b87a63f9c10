import type { DomainEvent, LoggedEvent } from '../wire/domain-event.ts';
import type { ConsumeOptions, Consumer, ConsumerState } from './event-bus.ts';
import { createRecentIds } from './recent-ids.ts';

/** How far a consumer has come, whatever it reads from. */
export interface ConsumerProgress extends Pick<Consumer, 'started'> {
  readonly state: ConsumerState;
  position: bigint | undefined;
  /** The connection stands, and `position` is where reading goes on. */
  listening(): void;
  /** What was being done has failed. */
  waiting(cause: unknown): void;
  /** Notes an event that was handed over in an earlier life, so that a double of it is known. */
  remember(event: Pick<DomainEvent, 'id' | 'source'>): void;
  /** Hands an event over, unless it has been seen before, and moves the position. Rejects when the receiver does. */
  take(event: LoggedEvent): Promise<void>;
  /** Moves the position past an entry that is not handed over. */
  passOver(position: bigint): void;
}

/** Keeps the state, the position and the memory of one consumer. */
export function createConsumerProgress(options: ConsumeOptions): ConsumerProgress {
  const recent = createRecentIds();
  let state: ConsumerState = 'waiting';
  let start: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const progress: ConsumerProgress = {
    get state() {
      return state;
    },
    position: typeof options.after === 'bigint' ? options.after : undefined,
    started,
    listening() {
      start();
      if (state === 'listening') return;
      state = 'listening';
      options.onState?.(state);
    },
    waiting(cause) {
      state = 'waiting';
      options.onState?.(state, cause);
    },
    remember: ({ source, id }) => recent.add(source, id),
    async take(event) {
      if (recent.has(event.source, event.id)) {
        progress.passOver(event.position);
        return;
      }
      await options.onEvent(event);
      recent.add(event.source, event.id);
      progress.position = event.position;
    },
    passOver(position) {
      progress.position = position;
      options.onPassedOver?.(position);
    },
  };
  return progress;
}

/** The consumer that its owner sees. */
export function consumerOf(progress: ConsumerProgress, stop: () => Promise<void>): Consumer {
  return {
    get state() {
      return progress.state;
    },
    get position() {
      return progress.position;
    },
    started: progress.started,
    stop,
  };
}
