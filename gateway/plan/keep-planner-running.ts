import { NoPlan } from './no-plan.ts';
import type { PlannerProcess } from './start-planner-process.ts';

/** Whoever needs the planner's process gets it here. */
export interface RunningPlanner {
  /** The process, started where there is none. Throws `NoPlan` where it cannot be had for now, or any more. */
  get(): PlannerProcess;
  /** The process, where there is one. */
  current(): PlannerProcess | undefined;
  /** Tells that the process did what it is for: whatever happened before is forgiven. */
  praise(): void;
  /** Ends the process where there is one; the next who needs it has it started again. */
  rest(): Promise<void>;
  /** Ends the process for good. */
  close(): Promise<void>;
}

interface Options {
  readonly startProcess: () => PlannerProcess;
  /** Whether a process that ended is replaced before anyone needs it. */
  readonly isKeptReady: boolean;
  /** Told of each process that ended by itself. */
  readonly onEnded: () => void;
}

const MAX_PAUSE_MS = 5_000;

/**
 * Keeps one process of a planner running. One that ends is replaced at once; where that happens again and again, after a pause that
 * grows to five seconds, in which nobody waits for it in vain: they are told at once.
 */
export function keepPlannerRunning({ startProcess, isKeptReady, onEnded }: Options): RunningPlanner {
  let inUse: PlannerProcess | undefined;
  let isClosed = false;
  let failures = 0;
  let retryAtMs = 0;
  let restart: NodeJS.Timeout | undefined;

  function start(): PlannerProcess {
    const process = startProcess();
    inUse = process;
    void process.ended.then(() => {
      if (inUse === process) lost();
    });
    return process;
  }

  function lost(): void {
    inUse = undefined;
    failures += 1;
    const pauseMs = pauseAfter(failures);
    retryAtMs = performance.now() + pauseMs;
    onEnded();
    if (isKeptReady) restart = setTimeout(() => (inUse ??= start()), pauseMs).unref();
  }

  async function rest(): Promise<void> {
    const ending = inUse;
    inUse = undefined;
    await ending?.end();
  }

  return {
    get: () => {
      if (isClosed) throw new NoPlan('unavailable', 'it was closed');
      if (inUse !== undefined) return inUse;
      if (performance.now() < retryAtMs) throw new NoPlan('unavailable', 'its process has ended several times');
      return start();
    },
    current: () => inUse,
    praise: () => void (failures = 0),
    rest,
    close: async () => {
      isClosed = true;
      clearTimeout(restart);
      await rest();
    },
  };
}

/** The first time it may be chance: no pause. Then 100 ms, and twice as much each time. */
function pauseAfter(failures: number): number {
  return failures === 1 ? 0 : Math.min(100 * 2 ** (failures - 2), MAX_PAUSE_MS);
}
