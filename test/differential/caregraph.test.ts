import { createCareGraph } from './caregraph/caregraph-graph.ts';
import { describeDifferential } from './run/describe-differential.ts';

describeDifferential('our own platform', createCareGraph);
