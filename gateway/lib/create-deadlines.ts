/** Something that ends when its time is over, unless it is done before. */
export interface Deadline {
  /** Withdraws it. */
  readonly clear: () => void;
}

/**
 * Makes deadlines that all lie equally far ahead: one timer serves them all, as they fall due in the order in which they were set.
 * Each is told at its time or up to a tenth of `afterMs` later.
 */
export function createDeadlines(afterMs: number): (onOver: () => void) => Deadline {
  const pending = new Map<Deadline, { readonly dueMs: number; readonly onOver: () => void }>();
  let timer: NodeJS.Timeout | undefined;

  const check = (): void => {
    timer = undefined;
    const nowMs = performance.now();
    for (const [deadline, { dueMs, onOver }] of pending) {
      if (dueMs > nowMs) {
        wait(dueMs - nowMs);
        return;
      }
      pending.delete(deadline);
      onOver();
    }
  };
  const wait = (ms: number): void => {
    timer ??= setTimeout(check, Math.ceil(ms + afterMs / 10)).unref();
  };

  return (onOver) => {
    const deadline: Deadline = { clear: () => void pending.delete(deadline) };
    pending.set(deadline, { dueMs: performance.now() + afterMs, onOver });
    wait(afterMs);
    return deadline;
  };
}
