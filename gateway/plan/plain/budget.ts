import { NoPlan } from '../no-plan.ts';

/** What may still be done for an operation: it is counted down, and what takes more is given up. */
export interface PlainBudget {
  /** How many selections may be looked at. */
  looks: number;
  /** How many selections the subgraphs may be asked for. */
  selections: number;
  /** When it is to be over; undefined: never. */
  readonly deadline: Deadline | undefined;
}

/** Counted twice: the clock goes on while other processes run, and the processor's time while other threads do. */
interface Deadline {
  readonly clockMs: number;
  readonly processorMs: number;
}

/** The time is looked at once for so many selections. */
const LOOKED_AT_EVERY = 32;

/** Takes one from a budget. Throws where there is none left, or the time is over. */
export function spend(budget: PlainBudget, what: 'looks' | 'selections'): void {
  const left = (budget[what] -= 1);
  if (left < 0) throw new NoPlan('none found', TOO_MUCH[what]);
  if (budget.deadline !== undefined && left % LOOKED_AT_EVERY === 0 && isOver(budget.deadline))
    throw new NoPlan('too long', 'the plan would take too long to make');
}

export function deadlineIn(limitMs: number): Deadline {
  return { clockMs: performance.now() + limitMs, processorMs: processorMs() + limitMs };
}

function isOver(deadline: Deadline): boolean {
  return performance.now() > deadline.clockMs && processorMs() > deadline.processorMs;
}

/** How much processor time this process has taken. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const TOO_MUCH = {
  looks: 'the plan would take too much to make',
  selections: 'the plan would ask for too much',
};
