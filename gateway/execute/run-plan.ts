import type { GraphQLFormattedError } from 'graphql';
import type { CompiledPlan, EntityTarget, FetchNode, PlanNode, RootTarget } from '../plan/compiled-plan.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { withAskedKeys } from './asked-keys.ts';
import { asksAlways } from './asks-always.ts';
import { forgetFailed } from './forget-failed.ts';
import { entityErrors, failureErrors, rootErrors } from './locate-errors.ts';
import { miscounted, unasked } from './fetch-faults.ts';
import { irreconcilableErrors } from './locate-irreconcilable.ts';
import { lostEntities, mistakenEntity } from './lost-entities.ts';
import { mergeEntities, placedNow, type Batched } from './merge-entities.ts';
import { copyOf, merge } from './merge.ts';
import type { SubgraphAnswer } from './parse-subgraph-answer.ts';
import { isObject, visitPlaces } from './places.ts';
import type { Answered } from './projection.ts';
import { collectEntities } from './representations.ts';
import type { LocatedError, ResultObject, SharedObjects } from './result-tree.ts';
import { applyRewrites } from './rewrite.ts';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Sends one request of a plan; `variables` is a JSON object. The answer belongs to the plan from then on: what is shared between
 * requests is given as a copy. Throws a `GatewayError` when there is no answer that can be used.
 */
export type Send = (fetch: FetchNode, variables: string) => Promise<SubgraphAnswer>;

/** Runs a plan: asks every subgraph as the plan has it and merges the answers. A request that fails leaves errors, not an end. */
export async function runPlan(plan: CompiledPlan, variables: Variables, send: Send): Promise<Answered> {
  const run = createRun(plan, variables, send);
  if (plan.root !== undefined) await runNode(run, plan.root);
  tellConflicts(run);
  return run;
}

/** To be called when a run is over: leaves the errors of what subgraphs gave that cannot be one value. */
export function tellConflicts({ tree, conflicts, errors }: Run): void {
  if (conflicts > 0) errors.push(...irreconcilableErrors(tree));
}

/** Makes the run of a plan that has not begun. */
export function createRun({ interfaces }: CompiledPlan, variables: Variables, send: Send): Run {
  const flags = { isPlain: true, isEntityMissing: false, partings: 0, conflicts: 0 };
  return { tree: {}, shared: new Map(), errors: [], variables, send, interfaces, ...flags };
}

/** Its `shared`, `interfaces` and `isLater` are what merging has to know. */
export interface Run {
  readonly tree: ResultObject;
  readonly shared: SharedObjects;
  readonly errors: LocatedError[];
  readonly variables: Variables;
  readonly send: Send;
  readonly interfaces: ReadonlySet<string> | undefined;
  /** Whether every string of the tree can be written into JSON as it is. */
  isPlain: boolean;
  /** See `MergeRules`. */
  partings: number;
  conflicts: number;
  /** Whether a subgraph answered that it does not have an entity. */
  isEntityMissing: boolean;
  /** Told when a request has been answered and merged, or has failed. */
  readonly onFetched?: (fetch: FetchNode) => void;
  /** For what is deferred: the run that it goes on from, in the same tree. */
  readonly before?: Run;
  readonly isLater?: boolean;
  /** Requests that ask a subgraph once more for entities that it has just given. */
  readonly reentries?: ReadonlySet<FetchNode>;
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
  visitPlaces(tree, path, (object) => void objects.push(object), shared);
  return objects;
}

async function fetchEntities(run: Run, fetch: FetchNode, { batches }: EntityTarget): Promise<void> {
  const { partings } = run;
  const collected = batches.map((batch) => ({ batch, entities: collectEntities(run, batch), partings }));
  // What an object lacks, a request that failed has told of, or a subgraph that does not have the entity was to give. If neither is so,
  // the plan did not ask for it: that must not pass in silence.
  const isPlanLacking =
    isWithoutTrouble(run) &&
    collected.some(({ entities: { lacking } }) => lacking.size > 0 && asksAlways(fetch.document, lacking));
  if (isPlanLacking) run.errors.push(...failureErrors(fetch, unasked(fetch)));
  if (collected.every(({ entities }) => entities.representations.length === 0)) return;
  const representations = collected.map(
    ({ batch, entities }) => `"${batch.representations}":[${entities.representations.join(',')}]`,
  );

  const answer = await answerTo(run, fetch, variablesOf(run, fetch, representations));
  if (answer === undefined) return;
  const errors = run.reentries?.has(fetch) === true ? [...answer.errors, ...lostEntities(answer)] : answer.errors;
  tellOfEntities(run, fetch, collected, errors);
  for (const one of collected) {
    const { responseKey } = one.batch;
    const lookedUp = answer.data?.[responseKey];
    if (areEntities(lookedUp, one.entities.representations.length)) {
      const mistaken = mergeEntities(lookedUp, one, run);
      const mistakes = [...mistaken].map((index) => mistakenEntity(responseKey, index));
      tellOfEntities(run, fetch, [one], mistakes);
      run.isEntityMissing ||= lookedUp.includes(null);
    } else if (lookedUp != null || answer.errors.length === 0)
      run.errors.push(...failureErrors(fetch, miscounted(fetch)));
  }
}

function tellOfEntities(
  run: Run,
  { subgraph }: FetchNode,
  collected: readonly Batched[],
  errors: readonly GraphQLFormattedError[],
): void {
  if (errors.length === 0) return;
  const { tree } = run;
  const placed = collected.map((one) => ({ ...one, tree, entities: placedNow(one, run) }));
  run.errors.push(...entityErrors(errors, placed, subgraph));
}

function isWithoutTrouble({ errors, conflicts, isEntityMissing, before }: Run): boolean {
  if (errors.length > 0 || conflicts > 0 || isEntityMissing) return false;
  return before === undefined || isWithoutTrouble(before);
}

/** As many as were asked for, each an object or null. */
function areEntities(value: unknown, count: number): value is readonly (ResultObject | null)[] {
  return Array.isArray(value) && value.length === count && value.every((one) => one === null || isObject(one));
}

/** The variables of a request, as JSON: those of the client's that its document uses, and further members. */
function variablesOf(run: Run, fetch: FetchNode, members: readonly string[] = []): string {
  const all = fetch.variables.flatMap((name) => {
    const value = run.variables[name];
    return value === undefined ? [] : [`"${name}":${JSON.stringify(value)}`];
  });
  return `{${[...all, ...members].join(',')}}`;
}

async function answerTo(run: Run, fetch: FetchNode, variables: string): Promise<SubgraphAnswer | undefined> {
  try {
    const answer = await run.send(fetch, variables);
    forgetFailed(answer);
    run.isPlain &&= answer.isPlain;
    return answer;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    run.errors.push(...failureErrors(withAskedKeys(fetch, run.variables), error));
    return undefined;
  }
}
