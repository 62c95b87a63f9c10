import { QueryPlanner, prettyFormatQueryPlan } from '@apollo/query-planner';
import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { createMarket } from './market/market-graph.ts';
import { compose } from './run/start-oracles.ts';
const create = process.env.G === 'library' ? (await import('./library/library-graph.ts')).createLibrary : createMarket;
const s = Supergraph.build(compose(create().subgraphs.map((s) => ({ name: s.name, typeDefs: parse(s.sdl) }))));
console.log(prettyFormatQueryPlan(new QueryPlanner(s).buildQueryPlan(operationFromDocument(s.apiSchema(), parse(process.argv[2]!)))));
