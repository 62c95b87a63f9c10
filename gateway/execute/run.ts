import { GatewayError } from '../errors/gateway-error.ts';
import type { CompiledPlan, FetchNode } from '../plan/compiled-plan.ts';
import { withAskedKeys } from './asked-keys.ts';
import { forgetFailed } from './forget-failed.ts';
import { failureErrors } from './locate-errors.ts';
import { irreconcilableErrors } from './locate-irreconcilable.ts';
import type { SubgraphAnswer } from './parse-subgraph-answer.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import { SharedObjects } from './shared-objects.ts';

export type Variables = Readonly<Record<string, unknown>>;

/**
 * Sends one request of a plan; `variables` is a JSON object. The answer belongs to the plan from then on: what is shared between
 * requests is given as a copy. Throws a `GatewayError` when there is no answer that can be used.
 */
export type Send = (fetch: FetchNode, variables: string) => Promise<SubgraphAnswer>;

/** A plan that is being run. Its `shared`, `interfaces` and `isLater` are what merging has to know. */
export interface Run {
  readonly tree: ResultObject;
  readonly shared: SharedObjects;
  readonly errors: LocatedError[];
  readonly variables: Variables;
  readonly send: Send;
  readonly interfaces: ReadonlySet<string> | undefined;
  /** Whether one entity is the same wherever it stands: see `CompiledPlan.hasContexts`. */
  readonly mayShare: boolean;
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

/** Makes the run of a plan that has not begun. */
export function createRun({ interfaces, hasContexts }: CompiledPlan, variables: Variables, send: Send): Run {
  const flags = { isPlain: true, isEntityMissing: false, partings: 0, conflicts: 0 };
  const mayShare = hasContexts !== true;
  return { tree: {}, shared: new SharedObjects(), errors: [], variables, send, interfaces, mayShare, ...flags };
}

/** To be called when a run is over: leaves the errors of what subgraphs gave that cannot be one value. */
export function tellConflicts({ tree, conflicts, errors }: Run): void {
  if (conflicts > 0) errors.push(...irreconcilableErrors(tree));
}

/** The variables of a request, as JSON: those of the client's that its document uses, and further members. */
export function variablesOf(run: Run, fetch: FetchNode, members: readonly string[] = []): string {
  const all = fetch.variables.flatMap((name) => {
    const value = run.variables[name];
    return value === undefined ? [] : [`"${name}":${JSON.stringify(value)}`];
  });
  return `{${[...all, ...members].join(',')}}`;
}

/** Sends a request; where there is no answer, the run has got its errors, at what `missed` says of the request was asked for. */
export async function answerTo(
  run: Run,
  fetch: FetchNode,
  variables: string,
  missed: () => FetchNode = () => withAskedKeys(fetch, run.variables),
): Promise<SubgraphAnswer | undefined> {
  try {
    const answer = await run.send(fetch, variables);
    forgetFailed(answer);
    run.isPlain &&= answer.isPlain;
    return answer;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    run.errors.push(...failureErrors(missed(), error));
    return undefined;
  }
}
