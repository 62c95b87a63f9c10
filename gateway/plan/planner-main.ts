// The process of a planner, which its argument names. It is told of supergraphs, and plans one operation after the other. Whatever a
// planner does (takes forever, fills the memory, aborts) ends this process and no request. It ends with the gateway, however that ends.
import { createPlanMaker } from './plan-maker.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';
import type { PlannerTask } from './planner-task.ts';
import type { OperationPlanner } from './planner.ts';
import { CutOff } from './run-within.ts';
import { watchMemory } from './watch-memory.ts';

const task = JSON.parse(process.argv[2] ?? '') as PlannerTask;
const makers = new Map<number, OperationPlanner>();

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches every process of a terminal: the gateway says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('message', (message: ToPlanner) => void answerTo(message).then((answer) => process.send?.(answer)));
watchMemory(task.memoryLimitMiB);

async function answerTo(message: ToPlanner): Promise<FromPlanner> {
  try {
    return await done(message);
  } catch (error) {
    if (error instanceof CutOff) process.exit(1);
    return { kind: 'refused', reason: withoutValues(error instanceof Error ? error.message : String(error)) };
  }
}

async function done(message: ToPlanner): Promise<FromPlanner> {
  const { id } = message;
  if (message.kind === 'plan') {
    const maker = makers.get(id);
    if (maker === undefined) throw new Error('the planner does not know the supergraph');
    return { kind: 'planned', plan: await maker.plan(message.request) };
  }
  if (message.kind === 'begin') makers.set(id, await createPlanMaker(task, message.supergraph));
  else makers.delete(id);
  return { kind: 'done' };
}

/** Reasons are logged, and may quote the operation: the values in it may be a patient's. */
function withoutValues(reason: string): string {
  return reason.replaceAll(/(:\s*)"(?:[^"\\]|\\.)*"/g, '$1"…"').slice(0, 1_000);
}
