import { createAlarm } from './alarm.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

export interface KeepTryingOptions {
  /**
   * Connects and works until the signal aborts; throws when the connection, or the work, is lost. It calls `onWorking` whenever it
   * has got somewhere, which makes the next pause a short one again.
   */
  session(signal: AbortSignal, onWorking: () => void): Promise<void>;
  onFailure(cause: unknown): void;
}

export interface Trying {
  /** Resolves when the session in hand has ended. */
  stop(): Promise<void>;
}

/** Runs one session after the other, with a growing pause after each that failed, until it is stopped. */
export function keepTrying(options: KeepTryingOptions): Trying {
  const stopping = new AbortController();
  const ended = tryUntilStopped(options, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
}

async function tryUntilStopped({ session, onFailure }: KeepTryingOptions, signal: AbortSignal): Promise<void> {
  const pauses = createAlarm();
  let failures = 0;
  while (!signal.aborted) {
    try {
      await session(signal, () => {
        failures = 0;
      });
    } catch (cause) {
      onFailure(cause);
      await pauses.sleep(pauseMs(failures++), signal);
    }
  }
}

/**
 * How long to wait after so many failures in a row, in milliseconds. Exponential, with jitter so that many processes do not come
 * back in one moment.
 */
export function pauseMs(failures: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
  return longest / 2 + (Math.random() * longest) / 2;
}
