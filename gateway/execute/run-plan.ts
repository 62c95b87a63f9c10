import type {
  CompiledPlan,
  EntityBatch,
  EntityTarget,
  FetchNode,
  PlanNode,
  RootTarget,
} from '../plan/compiled-plan.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { asksAlways } from './asks-always.ts';
import { entityErrors, failureErrors, rootErrors } from './locate-errors.ts';
import { copyOf, merge } from './merge.ts';
import type { SubgraphAnswer } from './parse-subgraph-answer.ts';
import { isObject, visitPlaces } from './places.ts';
import { collectEntities, type Entities } from './representations.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Sends one request of a plan. The answer belongs to the plan from then on: what is shared between requests is given as a copy.
 * Throws a `GatewayError` when there is no answer that can be used.
 */
export type Send = (fetch: FetchNode, variables: Variables) => Promise<SubgraphAnswer>;

/** What the subgraphs answered, merged, before the client's shape is given to it. */
export interface RunResult {
  readonly tree: ResultObject;
  readonly errors: readonly LocatedError[];
}

/** Runs a plan: asks every subgraph as the plan has it and merges the answers. A request that fails leaves errors, not an end. */
export async function runPlan(plan: CompiledPlan, variables: Variables, send: Send): Promise<RunResult> {
  const run: Run = { tree: {}, errors: [], variables, send, interfaces: plan.interfaces };
  if (plan.root !== undefined) await runNode(run, plan.root);
  return run;
}

interface Run {
  readonly tree: ResultObject;
  readonly errors: LocatedError[];
  readonly variables: Variables;
  readonly send: Send;
  readonly interfaces: ReadonlySet<string> | undefined;
}

async function runNode(run: Run, node: PlanNode): Promise<void> {
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
  }
}

async function fetchRoot(run: Run, fetch: FetchNode, target: RootTarget): Promise<void> {
  const objects: ResultObject[] = [];
  visitPlaces(run.tree, target.path, (object) => void objects.push(object));
  if (objects.length === 0) return;
  const answer = await answerTo(run, fetch, variablesOf(run, fetch));
  if (answer === undefined) return;
  run.errors.push(...rootErrors(answer.errors, target, fetch.subgraph));
  const { data } = answer;
  if (data === null) return;
  applyRewrites(data, target.outputRewrites);
  objects.forEach((object, index) =>
    merge(object, index === 0 && objects.length === 1 ? data : copyOf(data), run.interfaces),
  );
}

async function fetchEntities(run: Run, fetch: FetchNode, { batches }: EntityTarget): Promise<void> {
  const collected = batches.map((batch) => ({ batch, entities: collectEntities(run.tree, batch), tree: run.tree }));
  // What an object lacks, a request that failed has told of. If none has, the plan did not ask for it: that must not pass in silence.
  const isPlanLacking =
    run.errors.length === 0 &&
    collected.some(({ entities: { lacking } }) => lacking.size > 0 && asksAlways(fetch.document, lacking));
  if (isPlanLacking) run.errors.push(...failureErrors(fetch, unasked(fetch)));
  if (collected.every(({ entities }) => entities.representations.length === 0)) return;
  const variables = variablesOf(run, fetch);
  for (const { batch, entities } of collected) variables[batch.representations] = entities.representations;

  const answer = await answerTo(run, fetch, variables);
  if (answer === undefined) return;
  run.errors.push(...entityErrors(answer.errors, collected, fetch.subgraph));
  for (const { batch, entities } of collected) {
    const lookedUp = answer.data?.[batch.responseKey];
    if (Array.isArray(lookedUp) && lookedUp.length === entities.representations.length)
      mergeEntities(run, lookedUp, { batch, entities });
    else if (answer.errors.length === 0) run.errors.push(...failureErrors(fetch, miscounted(fetch)));
  }
}

/**
 * Objects at one path go on to be asked for the same things, so those of one representation may share its answer; another path
 * gets a copy, as the same response key may stand for something else there.
 */
function mergeEntities(
  { tree, interfaces }: Run,
  lookedUp: readonly unknown[],
  batched: { batch: EntityBatch; entities: Entities },
): void {
  const { batch, entities } = batched;
  for (const entity of lookedUp) applyRewrites(entity, batch.outputRewrites);
  batch.paths.forEach((path, pathIndex) => {
    const answers =
      pathIndex === batch.paths.length - 1 ? lookedUp : lookedUp.map((one) => (isObject(one) ? copyOf(one) : one));
    const indexes = entities.indexes[pathIndex] ?? [];
    let visited = 0;
    visitPlaces(tree, path, (object) => {
      const answer = answers[indexes[visited++] ?? -1];
      if (isObject(answer)) merge(object, answer, interfaces);
    });
  });
}

function variablesOf(run: Run, fetch: FetchNode): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variables) if (run.variables[name] !== undefined) variables[name] = run.variables[name];
  return variables;
}

async function answerTo(run: Run, fetch: FetchNode, variables: Variables): Promise<SubgraphAnswer | undefined> {
  try {
    return await run.send(fetch, variables);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    run.errors.push(...failureErrors(fetch, error));
    return undefined;
  }
}

function unasked({ subgraph }: FetchNode): GatewayError {
  const message = `subgraph "${subgraph}": the plan did not ask for what its entities are known by`;
  return new GatewayError('INTERNAL_SERVER_ERROR', message, { fault: 'internal' });
}

function miscounted({ subgraph }: FetchNode): GatewayError {
  const message = `subgraph "${subgraph}": not as many entities as were asked for`;
  return new GatewayError('SUBGRAPH_INVALID_RESPONSE', message, { fault: 'internal' });
}
