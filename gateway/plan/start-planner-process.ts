import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { processFile } from '../lib/process-file.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';
import type { PlannerTask } from './planner-task.ts';

/** A planner in a process of its own. */
export interface PlannerProcess {
  /** The ids of the supergraphs that it was told of; for whoever tells it. */
  readonly knows: Set<number>;
  /** One message at a time. Rejects with `PlannerEnded` when the process ends before the answer. */
  ask(message: ToPlanner): Promise<FromPlanner>;
  /** Ends the process at once; settles when it has ended, also when it has before. */
  end(): Promise<void>;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;
}

/** The process of a planner ended before it answered. */
export class PlannerEnded extends Error {
  override readonly name = 'PlannerEnded';
}

const MAIN = processFile('plan/planner-main.js');

/** Starts a planner. The process gets nothing of this one's environment, and does not keep it from ending. */
export function startPlannerProcess(task: PlannerTask): PlannerProcess {
  const child = fork(MAIN, [JSON.stringify(task)], {
    serialization: 'advanced',
    cwd: dirname(MAIN),
    execArgv: nodeOptions(task),
    env: { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1', UV_THREADPOOL_SIZE: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let waiting: { resolve: (answer: FromPlanner) => void; reject: (reason: Error) => void } | undefined;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      resolve();
      waiting?.reject(new PlannerEnded('the process of the planner ended'));
    };
    child.once('exit', end);
    child.once('error', end);
  });
  child.on('message', (message) => waiting?.resolve(message as FromPlanner));

  const ask = async (message: ToPlanner): Promise<FromPlanner> => {
    const answer = new Promise<FromPlanner>((resolve, reject) => (waiting = { resolve, reject }));
    keepWaiting(true);
    // A process that has ended, or is about to, rejects by its end.
    if (child.exitCode !== null || child.signalCode !== null) waiting?.reject(new PlannerEnded('it has ended'));
    else child.send(message, () => undefined);
    try {
      return await answer;
    } finally {
      keepWaiting(false);
    }
  };
  /** Whether the gateway, had it nothing else to do, would wait for this process. */
  const keepWaiting = (isWaiting: boolean): void => {
    if (isWaiting) [child, child.channel].forEach((one) => one?.ref());
    else [child, child.channel].forEach((one) => one?.unref());
  };

  keepWaiting(false);
  return {
    knows: new Set(),
    ask,
    end: () => {
      child.kill('SIGKILL');
      return ended;
    },
    ended,
  };
}

/** Little memory is held in reserve: there is little to do most of the time. */
function nodeOptions({ memoryLimitMiB }: PlannerTask): string[] {
  return [`--max-old-space-size=${memoryLimitMiB}`, '--max-semi-space-size=8', '--single-threaded-gc'];
}
