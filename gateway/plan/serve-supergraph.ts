import { askWithin } from './ask-within.ts';
import type { RunningPlanner } from './keep-planner-running.ts';
import { NoPlan } from './no-plan.ts';
import type { SupergraphToPlan } from './planner-messages.ts';
import type { PlannerTask } from './planner-task.ts';
import type { OperationPlanner } from './planner.ts';
import { rememberHopeless } from './remember-hopeless.ts';
import type { PlannerProcess } from './start-planner-process.ts';
import type { WaitingLine } from './waiting-line.ts';

/** A planner and one supergraph. It rejects with `NoPlan`. */
export interface ServedSupergraph extends OperationPlanner {
  /** Settles when the planner has read the supergraph. */
  start(): Promise<void>;
  /** Lets the planner forget the supergraph. */
  release(): void;
}

interface Options {
  readonly task: PlannerTask;
  readonly running: RunningPlanner;
  readonly line: WaitingLine;
  /** Told when the planner refuses the supergraph. */
  readonly onTrouble: (reason: string) => void;
  /** Tells the supergraph from others that the same process plans for. */
  readonly id: number;
  readonly supergraph: SupergraphToPlan;
}

const START_LIMIT_MS = 30_000;

/** Plans operations of one supergraph; each process is told of it before the first of them. */
export function serveSupergraph({ task, running, line, onTrouble, id, supergraph }: Options): ServedSupergraph {
  let refusal: NoPlan | undefined;

  async function begun(): Promise<PlannerProcess> {
    if (refusal !== undefined) throw refusal;
    const process = running.get();
    if (process.knows.has(id)) return process;
    const answer = await askWithin(START_LIMIT_MS, process, { kind: 'begin', id, supergraph });
    if (answer.kind === 'refused') {
      onTrouble(`the planner "${task.planner}" refuses the supergraph: ${answer.reason}`);
      throw (refusal = new NoPlan('unavailable', answer.reason));
    }
    process.knows.add(id);
    return process;
  }

  async function forgotten(): Promise<void> {
    const process = running.current();
    if (process?.knows.delete(id) === true) await process.ask({ kind: 'forget', id }).catch(() => undefined);
  }

  const { plan } = rememberHopeless({
    plan: (request) =>
      line.waitImpatiently(async () => {
        const process = await begun();
        const answer = await askWithin(task.limitMs, process, { kind: 'plan', id, request });
        running.praise();
        if (answer.kind === 'planned') return answer.plan;
        throw new NoPlan('none found', answer.kind === 'refused' ? answer.reason : 'no answer');
      }),
  });
  return {
    plan,
    start: async () => {
      await line.wait(begun);
    },
    release: () => void line.wait(forgotten),
  };
}
