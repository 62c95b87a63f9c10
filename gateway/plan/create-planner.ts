import type { PlannerName } from '../config/settings.ts';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.ts';
import { createApolloPlanner } from './apollo-planner.ts';
import { fieldsOfHiddenTypes } from './fields-of-hidden-types.ts';
import { createHivePlanner } from './hive-planner.ts';
import { createObjectTypes } from './object-types.ts';
import type { Planner } from './planner.ts';

/** Makes the chosen planner of a supergraph. */
export function createPlanner(name: PlannerName, supergraph: LoadedSupergraph): Planner {
  const { sdl, apiSchema, annotatedSchema, federation } = supergraph;
  const objectTypes = createObjectTypes(annotatedSchema);
  const planner = name === 'hive' ? createHivePlanner(sdl, objectTypes) : createApolloPlanner(federation, objectTypes);
  return { ...planner, fieldsOfHiddenTypes: fieldsOfHiddenTypes(apiSchema, annotatedSchema) };
}
