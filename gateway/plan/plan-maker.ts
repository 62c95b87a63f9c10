import { buildASTSchema, Kind, parse, type FragmentDefinitionNode, type GraphQLSchema } from 'graphql';
import { createApolloPlanner } from './apollo-planner.ts';
import { asPlanned } from './as-planned.ts';
import { createCompletenessCheck } from './check-completeness.ts';
import { createContextCheck } from './check-contexts.ts';
import { createRepresentationsCheck } from './check-representations.ts';
import { createRequirementsCheck } from './check-requirements.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { fieldsOfAbstractTypes } from './fields-of-abstract-types.ts';
import { forgetForeignTypes } from './forget-foreign-types.ts';
import { createHivePlanner } from './hive-planner.ts';
import { levelAbstractTypes } from './level-abstract-types.ts';
import { createObjectTypeNaming } from './name-object-types.ts';
import { createObjectTypes, type ObjectTypes } from './object-types.ts';
import { operationText } from './operation-text.ts';
import { overrideLabels } from './override-percentages.ts';
import { createParseOnce } from './parse-once.ts';
import { planInSeries, type PlannedOperation } from './plan-in-series.ts';
import type { SupergraphToPlan } from './planner-messages.ts';
import { createPlainAdapter } from './plain/create-plain-adapter.ts';
import type { PlannerTask } from './planner-task.ts';
import type { OperationPlanner, PlannerAdapter, PlanRequest } from './planner.ts';
import { restoreRequirements } from './restore-requirements.ts';
import { CutOff } from './run-within.ts';
import { createSendByKeys } from './send-by-keys.ts';
import { separateRequirements } from './separate-requirements.ts';
import { withoutConditions } from './without-conditions.ts';

type Task = Pick<PlannerTask, 'planner' | 'limitMs'>;

/**
 * Makes what turns operations into plans that can be run: everything about a plan that depends on no request happens here, so that
 * it can happen in another process. Rejects when the planner does not take the supergraph.
 */
export async function createPlanMaker(
  task: Task,
  { sdl, fieldsOfHiddenTypes }: SupergraphToPlan,
): Promise<OperationPlanner> {
  const schema = buildASTSchema(parse(sdl, { noLocation: true }), { assumeValidSDL: true });
  const separated = separateRequirements(sdl, schema);
  const levelled = levelAbstractTypes(separated.sdl);
  const supergraph = { sdl: levelled.sdl, overrideLabels: overrideLabels(schema) };
  const objectTypes = createObjectTypes(schema);
  const planner = await createAdapter(task, supergraph, { schema, objectTypes });
  const check = createRequirementsCheck(schema);
  const sendByKeys = createSendByKeys(schema);
  const checkRepresentations = createRepresentationsCheck(schema);
  const checkCompleteness = createCompletenessCheck(schema);
  const checkContexts = createContextCheck(schema);
  const nameObjectTypes = createObjectTypeNaming(schema);
  const typed = { ofHiddenTypes: fieldsOfHiddenTypes, ofAbstractTypes: fieldsOfAbstractTypes(schema) };

  /** Plans an operation in words of its own. */
  const planAs = async (
    worded: PlannedOperation,
    operation: PlannedOperation,
    { percentage, defers = false }: PlanRequest,
  ): Promise<CompiledPlan> => {
    const operationName = worded.definition.name?.value;
    const planned = await planner.plan({ document: operationText(worded), operationName, percentage, defers });
    const plan = levelled.sdl === separated.sdl ? planned : forgetForeignTypes(planned, levelled.foreign, schema);
    const restored = separated.requiredFields.size === 0 ? plan : restoreRequirements(plan, separated);
    const sendable = sendByKeys(restored);
    const parseOnce = createParseOnce();
    check(sendable, parseOnce);
    checkRepresentations(sendable, operation, parseOnce);
    checkCompleteness(sendable, operation, parseOnce);
    checkContexts(sendable, operation, parseOnce);
    return sendable;
  };

  const planOne = async (operation: PlannedOperation, request: PlanRequest): Promise<CompiledPlan> => {
    if (operation.definition.selectionSet.selections.length === 0) return { root: undefined };
    try {
      return await planAs(operation, operation, request);
    } catch (error) {
      // A deferred fragment is one fragment to the planner.
      const named = error instanceof CutOff || request.defers === true ? undefined : nameObjectTypes(operation);
      if (named === undefined) throw error;
      return planAs(named, operation, request);
    }
  };

  return {
    plan: async (request) => {
      const operation = withoutConditions(asPlanned(operationOf(request), typed), request.conditions);
      return planInSeries(operation, (one) => planOne(one, request));
    },
  };
}

/** An adapter loads its planner when it is made: a process holds one of them alone. */
async function createAdapter(
  { planner, limitMs }: Task,
  supergraph: Pick<Parameters<typeof createApolloPlanner>[0], 'sdl' | 'overrideLabels'>,
  { schema, objectTypes }: { readonly schema: GraphQLSchema; readonly objectTypes: ObjectTypes },
): Promise<PlannerAdapter> {
  if (planner === 'hive') return createHivePlanner(supergraph.sdl, objectTypes);
  if (planner === 'apollo') return createApolloPlanner({ ...supergraph, limitMs }, objectTypes);
  return createPlainAdapter(schema, objectTypes);
}

function operationOf({ document }: PlanRequest): PlannedOperation {
  const { definitions } = parse(document, { noLocation: true });
  const definition = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) throw new Error('a document without an operation cannot be planned');
  const fragments = definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION);
  return { definition, fragments: new Map(fragments.map((one) => [one.name.value, one])) };
}
