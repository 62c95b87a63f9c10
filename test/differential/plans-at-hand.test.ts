import { describe, expect, it } from '@jest/globals';
import { Kind, parse, print, type FragmentDefinitionNode } from 'graphql';
import { conditionVariables } from '../../gateway/lib/condition-variables.ts';
import { deferFragments } from '../../gateway/operation/defer-fragments.ts';
import type { CompiledPlan, PlanNode } from '../../gateway/plan/compiled-plan.ts';
import { fieldsOfHiddenTypes } from '../../gateway/plan/fields-of-hidden-types.ts';
import { fetchesOf } from '../../gateway/plan/map-plan.ts';
import { createPlanAtHand } from '../../gateway/plan/plan-at-hand.ts';
import type { PlannedOperation } from '../../gateway/plan/plan-in-series.ts';
import { createPlanMaker } from '../../gateway/plan/plan-maker.ts';
import { loadSupergraph } from '../../gateway/supergraph/load-supergraph.ts';
import { createCareGraph } from './caregraph/caregraph-graph.ts';
import { putOff } from './defer/put-off.ts';
import { differentialSettings } from './differential-settings.ts';
import { generateOperation, type GeneratedOperation } from './generate/generate-operation.ts';
import { createLibrary } from './library/library-graph.ts';
import type { MadeUpGraph } from './made-up/made-up-graph.ts';
import { createMarket } from './market/market-graph.ts';
import { compose } from './run/start-oracles.ts';

const OPERATIONS = 300;
const PERCENTAGE = 50;

const { seed } = differentialSettings(process.env);

describe.each([
  ['our own platform', createCareGraph],
  ['the market', createMarket],
  ['the library', createLibrary],
])(`random operations over %s (DIFFERENTIAL_SEED=${seed})`, (_name, createGraph) => {
  it('have plans at hand that pass every check, and take no more requests and rounds than those of the native planner', async () => {
    const { planAtHand, plain, native, generated } = await planners(createGraph());
    const [ours, theirs] = [newTally(), newTally()];
    let atHandCount = 0;

    for (const { operation, document, conditions } of generated.map(planned)) {
      const request = { document, operationName: undefined, conditions, percentage: PERCENTAGE };
      const atHand = planAtHand(operation, request);
      if (atHand === undefined) continue;
      atHandCount += 1;
      // The same planner in its process: what it makes is checked there.
      expect(atHand).toEqual(await plain.plan(request));
      const other = await native.plan(request).catch(() => undefined);
      if (other === undefined) continue;
      note(ours, atHand);
      note(theirs, other);
    }

    expect(atHandCount).toBeGreaterThan(OPERATIONS * 0.97);
    expect(ours.plans).toBeGreaterThan(OPERATIONS * 0.7);
    expect(ours.requests).toBeLessThanOrEqual(theirs.requests);
    expect(ours.rounds).toBeLessThanOrEqual(theirs.rounds);
  }, 120_000);

  it('have plans at hand that pass every check when fragments of them are deferred', async () => {
    const { apiSchema, planAtHand, plain, generated } = await planners(createGraph());
    let deferred = 0;

    for (const one of generated) {
      const { operation, conditions } = planned(putOff(one, apiSchema));
      const pieces = deferFragments(apiSchema, { ...operation, variables: { ...one.variables, ...conditions } });
      if (pieces === undefined) continue;
      const definition = pieces.planned;
      const drawn = { conditions: {}, percentage: PERCENTAGE };
      const atHand = planAtHand({ definition, fragments: new Map() }, drawn);
      if (atHand === undefined) continue;

      const request = { document: print(definition), operationName: undefined, ...drawn, defers: true };
      expect(atHand).toEqual(await plain.plan(request));
      if (atHand.deferred?.some(({ root }) => root !== undefined) === true) deferred += 1;
    }

    expect(deferred).toBeGreaterThan(OPERATIONS * 0.3);
  }, 120_000);
});

/** How many requests plans take, and how many rounds of them one after the other. */
interface Tally {
  plans: number;
  requests: number;
  rounds: number;
}

function newTally(): Tally {
  return { plans: 0, requests: 0, rounds: 0 };
}

function note(tally: Tally, plan: CompiledPlan): void {
  tally.plans += 1;
  tally.requests += fetchesOf(plan).length;
  tally.rounds += plan.root === undefined ? 0 : roundsOf(plan.root);
}

function roundsOf(node: PlanNode): number {
  if (node.kind === 'fetch') return 1;
  if (node.kind === 'condition')
    return Math.max(0, ...[node.ifTrue, node.ifFalse].map((one) => (one ? roundsOf(one) : 0)));
  const rounds = node.nodes.map(roundsOf);
  return node.kind === 'sequence' ? rounds.reduce((sum, one) => sum + one, 0) : Math.max(0, ...rounds);
}

async function planners({ subgraphs, samples }: MadeUpGraph) {
  const sdl = compose(subgraphs.map((one) => ({ name: one.name, typeDefs: parse(one.sdl) })));
  const { apiSchema, annotatedSchema } = loadSupergraph(sdl);
  const hidden = fieldsOfHiddenTypes(apiSchema, annotatedSchema);
  const planAtHand = createPlanAtHand(annotatedSchema, hidden, (trouble) => {
    throw trouble;
  });
  if (planAtHand === undefined) throw new Error('nothing is planned at hand');
  const makerOf = (planner: 'plain' | 'hive') =>
    createPlanMaker({ planner, limitMs: 10_000 }, { sdl, fieldsOfHiddenTypes: hidden });
  const [plain, native] = await Promise.all([makerOf('plain'), makerOf('hive')]);
  const source = { schema: apiSchema, samples };
  const generated = Array.from({ length: OPERATIONS }, (_, index) => generateOperation(source, seed + index));
  return { apiSchema, planAtHand, plain, native, generated };
}

function planned({ query, variables }: GeneratedOperation) {
  const { definitions } = parse(query, { noLocation: true });
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('no operation');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  const operation: PlannedOperation = { definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) };
  const conditions = Object.fromEntries(conditionVariables(operation).map((name) => [name, variables[name] === true]));
  return { operation, document: query, conditions };
}
