import { createLibrary } from './library/library-graph.ts';
import { describeDifferential } from './run/describe-differential.ts';

describeDifferential('the library', createLibrary);
