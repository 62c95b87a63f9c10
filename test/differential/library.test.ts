import { createLibrary } from './library/library-graph.ts';
import { describeDifferential } from './run/describe-differential.ts';

/** Of some operations on it Apollo's planner never comes to an end, and each time a process has to be ended. */
const PATIENCE = { QUERY_PLANNER_TIMEOUT_MS: '1000' };

describeDifferential('the library', createLibrary, PATIENCE);
