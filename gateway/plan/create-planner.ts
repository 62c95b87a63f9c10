import type { PlannerName } from '../config/settings.ts';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.ts';
import { createApolloPlanner } from './apollo-planner.ts';
import { createHivePlanner } from './hive-planner.ts';
import { createObjectTypes } from './object-types.ts';
import type { Planner } from './planner.ts';

/** Makes the chosen planner of a supergraph. */
export function createPlanner(name: PlannerName, { sdl, annotatedSchema, federation }: LoadedSupergraph): Planner {
  const objectTypes = createObjectTypes(annotatedSchema);
  return name === 'hive' ? createHivePlanner(sdl, objectTypes) : createApolloPlanner(federation, objectTypes);
}
