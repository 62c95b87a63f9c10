import { createMarket } from './market/market-graph.ts';
import { describeDifferential } from './run/describe-differential.ts';

describeDifferential('the market', createMarket);
