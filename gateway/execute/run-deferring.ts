import type { CompiledPlan, DeferredPlan, FetchNode, PlanNode } from '../plan/compiled-plan.ts';
import type { Answered } from './projection.ts';
import type { LocatedError } from './result-tree.ts';
import { runNode } from './run-plan.ts';
import { createRun, tellConflicts, type Run, type Send } from './run.ts';

/** What is under way for an operation whose fragments follow; all of it in one tree. */
export interface DeferringRun {
  /** Resolves when all that is answered first is there. */
  readonly first: Promise<Answered>;
  /** Resolves, for a fragment, when what was asked for it alone is there; with the errors that this left. */
  readonly fragment: (id: string) => Promise<readonly LocatedError[]>;
}

/**
 * Runs a plan with what is deferred: that begins as soon as the answers are there that it needs. What was asked for a fragment has keys
 * of its own in the tree, and changes nothing of what others read.
 */
export function runDeferring(plan: CompiledPlan, variables: Run['variables'], send: Send): DeferringRun {
  const { deferred = [] } = plan;
  const fetches = [plan, ...deferred].flatMap(({ root }) => fetchesOf(root));
  const gates = gatesOf(fetches);
  const onFetched: Run['onFetched'] = ({ id }) => gates.get(id ?? '')?.pass();
  const runs = new Map<string | undefined, Run>();
  const ends = new Map<string | undefined, Promise<Run>>();

  async function runFrom(root: PlanNode | undefined, run: Run): Promise<Run> {
    if (root !== undefined) await runNode(run, root);
    tellConflicts(run);
    // What was left out, because nothing was there to ask about, is not waited for either.
    for (const { id } of fetchesOf(root)) gates.get(id ?? '')?.open();
    return run;
  }

  async function runDeferred({ after, root }: DeferredPlan, run: Run): Promise<Run> {
    await Promise.all(after.map(async (id) => gates.get(id)?.opened ?? ends.get(undefined)));
    return runFrom(root, run);
  }

  const first: Run = { ...createRun(plan, variables, send), onFetched };
  runs.set(undefined, first);
  ends.set(undefined, runFrom(plan.root, first));
  for (const one of deferred) {
    const before = runs.get(one.within) ?? first;
    const reentries = reentriesOf(one, fetches);
    const run = laterRun(first, { before, reentries });
    runs.set(one.id, run);
    ends.set(one.id, runDeferred(one, run));
  }
  // Whoever waits for it is told; of some nobody needs to know how they end.
  for (const end of ends.values()) end.catch(() => undefined);
  return {
    first: ends.get(undefined) ?? Promise.resolve(first),
    fragment: async (id) => (await ends.get(id))?.errors ?? [],
  };
}

/** A run in the tree of the first, with errors of its own; what all runs must know of the tree is the first's. */
function laterRun(first: Run, more: Required<Pick<Run, 'before' | 'reentries'>>): Run {
  return {
    ...{ ...first, ...more, errors: [], isEntityMissing: false, conflicts: 0, isLater: true },
    get isPlain() {
      return first.isPlain;
    },
    set isPlain(isPlain) {
      first.isPlain = isPlain;
    },
    get partings() {
      return first.partings;
    },
    set partings(partings) {
      first.partings = partings;
    },
  };
}

/** Opens when every request of one id has been answered. */
interface Gate {
  readonly opened: Promise<void>;
  readonly open: () => void;
  readonly pass: () => void;
}

function gatesOf(fetches: readonly FetchNode[]): ReadonlyMap<string, Gate> {
  const counts = new Map<string, number>();
  for (const { id } of fetches) if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  return new Map([...counts].map(([id, count]) => [id, createGate(count)]));
}

function createGate(count: number): Gate {
  let left = count;
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const pass = (): void => {
    left -= 1;
    if (left === 0) open();
  };
  return { opened, open, pass };
}

/** The requests with which a fragment begins that go to a subgraph whose answer they go on from. */
function reentriesOf({ after, root }: DeferredPlan, fetches: readonly FetchNode[]): ReadonlySet<FetchNode> {
  const before = fetches.filter(({ id }) => id !== undefined && after.includes(id));
  const subgraphs = new Set(before.map(({ subgraph }) => subgraph));
  return new Set(firstFetches(root).filter(({ subgraph }) => subgraphs.has(subgraph)));
}

function firstFetches(node: PlanNode | undefined): readonly FetchNode[] {
  if (node?.kind === 'sequence') return firstFetches(node.nodes[0]);
  if (node?.kind === 'parallel') return node.nodes.flatMap(firstFetches);
  return fetchesOf(node);
}

function fetchesOf(node: PlanNode | undefined): readonly FetchNode[] {
  if (node === undefined) return [];
  if (node.kind === 'fetch') return [node];
  if (node.kind === 'condition') return [...fetchesOf(node.ifTrue), ...fetchesOf(node.ifFalse)];
  return node.nodes.flatMap(fetchesOf);
}
