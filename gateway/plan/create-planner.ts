import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import type { PlannerName } from '../config/settings.ts';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.ts';
import { createApolloPlanner } from './apollo-planner.ts';
import { checkCompleteness } from './check-completeness.ts';
import { createKeysCheck } from './check-keys.ts';
import { createRequirementsCheck } from './check-requirements.ts';
import { fieldsOfHiddenTypes } from './fields-of-hidden-types.ts';
import { forgetForeignTypes } from './forget-foreign-types.ts';
import { createHivePlanner } from './hive-planner.ts';
import { interfaceNames } from './interface-names.ts';
import { levelAbstractTypes } from './level-abstract-types.ts';
import { createObjectTypes } from './object-types.ts';
import type { Planner } from './planner.ts';
import { restoreRequirements } from './restore-requirements.ts';
import { separateRequirements } from './separate-requirements.ts';

/** Makes the chosen planner of a supergraph. */
export function createPlanner(name: PlannerName, supergraph: LoadedSupergraph): Planner {
  const { apiSchema, annotatedSchema } = supergraph;
  const objectTypes = createObjectTypes(annotatedSchema);
  const interfaces = interfaceNames(annotatedSchema);
  const separated = separateRequirements(supergraph.sdl, annotatedSchema);
  const { sdl, foreign } = levelAbstractTypes(separated.sdl);
  const federation = sdl === supergraph.sdl ? supergraph.federation : federationOf(sdl);
  const planner = name === 'hive' ? createHivePlanner(sdl, objectTypes) : createApolloPlanner(federation, objectTypes);
  const check = createRequirementsCheck(annotatedSchema);
  const checkKeys = createKeysCheck(annotatedSchema);
  return {
    ...planner,
    plan: async (request) => {
      const planned = await planner.plan(request);
      const plan = sdl === separated.sdl ? planned : forgetForeignTypes(planned, foreign, annotatedSchema);
      const restored = separated.requiredFields.size === 0 ? plan : restoreRequirements(plan, separated);
      check(restored);
      checkKeys(restored);
      checkCompleteness(restored, request.document);
      return { ...restored, interfaces };
    },
    fieldsOfHiddenTypes: fieldsOfHiddenTypes(apiSchema, annotatedSchema),
  };
}

function federationOf(sdl: string): LoadedSupergraph['federation'] {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  return { supergraph, apiSchema: supergraph.apiSchema() };
}
