import { createCareGraph } from './caregraph/caregraph-graph.ts';
import { createLibrary } from './library/library-graph.ts';
import { createMarket } from './market/market-graph.ts';
import { startContestants } from './run/start-contestants.ts';

// Asks all of them one operation, and prints the answers and our log: `tsx test/differential/ask-main.ts library '{ desk { open } }' '{}'`
const GRAPHS = { market: createMarket, library: createLibrary, caregraph: createCareGraph };

const [graph, query = '{ __typename }', variables = '{}'] = process.argv.slice(2);
const environment = Object.entries(process.env).filter(
  (entry): entry is [string, string] => entry[0] === 'QUERY_PLANNER',
);
const contestants = await startContestants(GRAPHS[graph as keyof typeof GRAPHS], Object.fromEntries(environment));
const operation = { query, variables: JSON.parse(variables) as Record<string, unknown> };
for (const name of ['monolith', 'ours', 'apollo'] as const) {
  const answer = await contestants[name](operation).catch((error: unknown) => error);
  console.log(name.padEnd(10), answer instanceof Error ? answer : JSON.stringify(answer));
}
for (const line of contestants.takeLog()) console.log(line.trim());
await contestants.stop();
