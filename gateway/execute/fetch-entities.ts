import type { GraphQLFormattedError } from 'graphql';
import type { EntityTarget, FetchNode } from '../plan/compiled-plan.ts';
import { asksAlways } from './asks-always.ts';
import { collectByContext, type ContextGroup } from './collect-by-context.ts';
import { consequencesAbove, consequencesOf } from './consequences.ts';
import type { Contextual } from './contextual-document.ts';
import { contextualRequest, MAX_GROUPS } from './contextual-request.ts';
import { miscounted, unasked } from './fetch-faults.ts';
import { entityErrors, failureErrors, withPathsInUse } from './locate-errors.ts';
import { lostEntities, mistakenEntity } from './lost-entities.ts';
import { mergeEntities, placedNow, type Batched } from './merge-entities.ts';
import { isObject } from './places.ts';
import { collectEntities } from './representations.ts';
import type { LocatedError, ResultObject } from './result-tree.ts';
import { answerTo, variablesOf, type Run } from './run.ts';

/** Looks up the entities that a request is about, and merges them into the result. */
export async function fetchEntities(run: Run, fetch: FetchNode, target: EntityTarget): Promise<void> {
  const { batches, contexts } = target;
  if (contexts !== undefined) {
    await Promise.all(batches.map((batch) => fetchByContext(run, { fetch, batch, contexts })));
    return;
  }
  const { partings } = run;
  const collected = batches.map((batch) => ({ batch, entities: collectEntities(run, batch), partings }));
  const lacking = collected.map(({ entities }) => entities.lacking);
  if (isPlanLacking(run, fetch, lacking)) run.errors.push(...failureErrors(fetch, unasked(fetch)));
  tellConsequences(run, collected);
  await lookUp(run, { fetch, of: fetch, members: [] }, collected);
}

/** Entities with different values of the objects above them are looked up apart, several at a time in one request. */
async function fetchByContext(run: Run, contextual: Contextual): Promise<void> {
  const { fetch, batch, contexts } = contextual;
  const { partings } = run;
  const { groups, lackingValues, lacking } = collectByContext(run, batch, contexts);
  if ((lackingValues.length > 0 && isWithoutTrouble(run)) || isPlanLacking(run, fetch, [lacking]))
    run.errors.push(...failureErrors(fetch, unasked(fetch)));
  run.errors.push(...consequencesAbove(errorsSoFar(run), lackingValues));
  await Promise.all(
    inPortions(groups).map(async (some) => {
      const { fetch: request, batched, members } = contextualRequest(contextual, some);
      const collected = batched.map((one) => ({ ...one, partings }));
      await lookUp(run, { fetch: request, of: fetch, members }, collected);
    }),
  );
}

function inPortions(groups: readonly ContextGroup[]): readonly (readonly ContextGroup[])[] {
  const count = Math.ceil(groups.length / MAX_GROUPS);
  return Array.from({ length: count }, (_, index) => groups.slice(index * MAX_GROUPS, (index + 1) * MAX_GROUPS));
}

interface Sent {
  readonly fetch: FetchNode;
  /** What it is of the plan's, which may become several requests. */
  readonly of: FetchNode;
  /** Further variables, as members of a JSON object. */
  readonly members: readonly string[];
}

/** Sends a request for the entities of its batches. */
async function lookUp(run: Run, { fetch, of, members }: Sent, collected: readonly Batched[]): Promise<void> {
  if (collected.every(({ entities }) => entities.count === 0)) return;
  const representations = collected.map(
    ({ batch, entities }) => `"${batch.representations}":[${entities.representations}]`,
  );

  const variables = variablesOf(run, fetch, [...representations, ...members]);
  const answer = await answerTo(run, fetch, variables, () => withPathsInUse(fetch, collected));
  if (answer === undefined) return;
  const errors = run.reentries?.has(of) === true ? [...answer.errors, ...lostEntities(answer)] : answer.errors;
  tellOfEntities(run, fetch, collected, errors);
  for (const one of collected) {
    const { responseKey } = one.batch;
    const lookedUp = answer.data?.[responseKey];
    if (areEntities(lookedUp, one.entities.count)) {
      const mistaken = mergeEntities(lookedUp, one, run);
      const mistakes = [...mistaken].map((index) => mistakenEntity(responseKey, index));
      tellOfEntities(run, fetch, [one], mistakes);
      run.isEntityMissing ||= lookedUp.includes(null);
    } else if (lookedUp != null || answer.errors.length === 0)
      run.errors.push(...failureErrors(withPathsInUse(fetch, [one]), miscounted(fetch)));
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

/**
 * What an object lacks, a request that failed has told of, or a subgraph that does not have the entity was to give. If neither is so,
 * the plan did not ask for it: that must not pass in silence.
 */
function isPlanLacking(run: Run, { document }: FetchNode, lacking: readonly ReadonlySet<string>[]): boolean {
  return isWithoutTrouble(run) && lacking.some((types) => types.size > 0 && asksAlways(document, types));
}

function isWithoutTrouble({ errors, conflicts, isEntityMissing, before }: Run): boolean {
  if (errors.length > 0 || conflicts > 0 || isEntityMissing) return false;
  return before === undefined || isWithoutTrouble(before);
}

function tellConsequences(run: Run, collected: readonly Batched[]): void {
  const { errors, tree } = run;
  for (const { batch, entities } of collected)
    if (entities.lacking.size > 0) errors.push(...consequencesOf(errorsSoFar(run), batch, tree));
}

/** Those of what a deferred fragment goes on from, too. */
function errorsSoFar({ errors, before }: Run): readonly LocatedError[] {
  return before === undefined ? errors : [...errorsSoFar(before), ...errors];
}

/** As many as were asked for, each an object or null. */
function areEntities(value: unknown, count: number): value is readonly (ResultObject | null)[] {
  return Array.isArray(value) && value.length === count && value.every((one) => one === null || isObject(one));
}
