import type { CompiledPlan, FetchNode, PlanNode, RootTarget } from '../plan/compiled-plan.ts';
import { fetchEntities } from './fetch-entities.ts';
import { rootErrors } from './locate-errors.ts';
import { copyOf, merge } from './merge.ts';
import type { Answered } from './projection.ts';
import type { ResultObject } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';
import { answerTo, createRun, tellConflicts, variablesOf, type Run, type Send, type Variables } from './run.ts';
import { visitPlaces } from './visit-places.ts';

/** Runs a plan: asks every subgraph as the plan has it and merges the answers. A request that fails leaves errors, not an end. */
export async function runPlan(plan: CompiledPlan, variables: Variables, send: Send): Promise<Answered> {
  const run = createRun(plan, variables, send);
  if (plan.root !== undefined) await runNode(run, plan.root);
  tellConflicts(run);
  return run;
}

/** Runs a part of a plan. */
export async function runNode(run: Run, node: PlanNode): Promise<void> {
  switch (node.kind) {
    case 'sequence':
      for (const one of node.nodes) await runNode(run, one);
      return;
    case 'parallel':
      await Promise.all(node.nodes.map((one) => runNode(run, one)));
      return;
    case 'condition': {
      const clause = run.variables[node.variable] === true ? node.ifTrue : node.ifFalse;
      if (clause !== undefined) await runNode(run, clause);
      return;
    }
    case 'fetch':
      await (node.target.kind === 'root' ? fetchRoot(run, node, node.target) : fetchEntities(run, node, node.target));
      run.onFetched?.(node);
  }
}

async function fetchRoot(run: Run, fetch: FetchNode, target: RootTarget): Promise<void> {
  if (objectsAt(run, target).length === 0) return;
  const answer = await answerTo(run, fetch, variablesOf(run, fetch));
  if (answer === undefined) return;
  run.errors.push(...rootErrors(answer.errors, target, fetch.subgraph));
  const { data } = answer;
  if (data === null) return;
  applyRewrites(data, target.outputRewrites);
  objectsAt(run, target).forEach((object, index) => merge(object, index === 0 ? data : copyOf(data), run));
}

function objectsAt({ tree, shared }: Run, { path }: RootTarget): ResultObject[] {
  const objects: ResultObject[] = [];
  visitPlaces(tree, path, (object) => void objects.push(object), { shared });
  return objects;
}
