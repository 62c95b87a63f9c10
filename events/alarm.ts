/** Wakes one sleeper. A ring while nobody sleeps is kept, so that the next sleep ends at once. */
export interface Alarm {
  ring(): void;
  /** Sleeps until the alarm rings, the time is over or the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Makes an alarm for a loop that works when it is told to, and every so often untold. */
export function createAlarm(): Alarm {
  let isRinging = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      isRinging = true;
      wake?.();
    },
    async sleep(milliseconds, signal) {
      if (!isRinging && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const end = (): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', end);
            wake = undefined;
            resolve();
          };
          const timer = setTimeout(end, milliseconds);
          signal.addEventListener('abort', end);
          wake = end;
        });
      }
      isRinging = false;
    },
  };
}
