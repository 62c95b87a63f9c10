/** Something that was started: how to end it in good order, and how to end it at once. */
export interface Started {
  readonly name: string;
  stop(): Promise<void>;
  kill(): void;
}

/** What was started so far, to be stopped in the opposite order. */
export interface StopStack {
  /** Adds things that can be stopped side by side. */
  push(...started: readonly Started[]): void;
  /** Stops everything; returns what could not be stopped, in words. A second call waits for the first, and stops what was added since. */
  stopAll(): Promise<string[]>;
  killAll(): void;
}

export function createStopStack(): StopStack {
  const layers: (readonly Started[])[] = [];
  let stopping = Promise.resolve<string[]>([]);

  const stopLayers = async (): Promise<string[]> => {
    const failures: string[] = [];
    for (let layer = layers.pop(); layer !== undefined; layer = layers.pop()) {
      const results = await Promise.allSettled(layer.map((started) => started.stop()));
      for (const [index, result] of results.entries()) {
        if (result.status === 'rejected') failures.push(`${layer[index]?.name ?? ''}: ${String(result.reason)}`);
      }
    }
    return failures;
  };

  return {
    push: (...started) => void layers.push(started),
    stopAll: () => (stopping = stopping.then(stopLayers)),
    killAll() {
      for (const started of layers.flat()) started.kill();
    },
  };
}
