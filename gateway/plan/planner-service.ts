import { keepPlannerRunning } from './keep-planner-running.ts';
import type { SupergraphToPlan } from './planner-messages.ts';
import type { PlannerTask } from './planner-task.ts';
import { serveSupergraph, type ServedSupergraph } from './serve-supergraph.ts';
import { startPlannerProcess } from './start-planner-process.ts';
import { createWaitingLine } from './waiting-line.ts';

/** A planner in a process of its own, for any number of supergraphs. */
export interface PlannerService {
  serve(supergraph: SupergraphToPlan): ServedSupergraph;
  /** Ends the process; whoever waits is told. */
  close(): Promise<void>;
}

interface Options {
  readonly task: PlannerTask;
  /** Kept running all the time; otherwise started when it is needed, and ended when it was not for a minute. */
  readonly isKeptReady: boolean;
  /** Told of each process that ended by itself, and of each supergraph that the planner refuses. */
  readonly onTrouble: (reason: string) => void;
}

const LINE = { maxWaiting: 1_000, patienceMs: 15_000 };
const IDLE_MS = 60_000;

/** Makes a planner's service: an operation that ends its process is refused, and those behind it go on in a new one. */
export function createPlannerService({ task, isKeptReady, onTrouble }: Options): PlannerService {
  const running = keepPlannerRunning({
    startProcess: () => startPlannerProcess(task),
    isKeptReady,
    onEnded: () => onTrouble(`the process of the planner "${task.planner}" ended`),
  });
  let idle: NodeJS.Timeout | undefined;
  const line = createWaitingLine({
    ...LINE,
    onBusy: () => clearTimeout(idle),
    onIdle: () => {
      if (!isKeptReady) idle = setTimeout(() => void running.rest(), IDLE_MS).unref();
    },
  });
  let lastId = 0;
  return {
    serve: (supergraph) => serveSupergraph({ task, running, line, onTrouble, id: (lastId += 1), supergraph }),
    close: async () => {
      clearTimeout(idle);
      await running.close();
    },
  };
}
