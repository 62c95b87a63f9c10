import fs from 'node:fs';
import { spawn } from 'node:child_process';
import { parse } from 'graphql';
import { createMarket } from './market/market-graph.ts';
import { apiSchemaOf, compose } from './run/start-oracles.ts';
import { generateOperation } from './generate/generate-operation.ts';
import { shrinkOperation } from './run/shrink-operation.ts';
const graph = createMarket();
const sdl = compose(graph.subgraphs.map((s) => ({ name: s.name, typeDefs: parse(s.sdl) })));
fs.writeFileSync('/tmp/market-super.graphql', sdl);
const schema = apiSchemaOf(sdl);
const op = generateOperation({ schema, samples: graph.samples }, Number(process.argv[2]));
const small = await shrinkOperation(op, schema, (o) => new Promise((resolve) => {
  const c = spawn('node', ['--import', 'tsx', 'zz-hive.ts', o.query], { stdio: ['ignore', 'ignore', 'ignore'] });
  c.on('exit', (_code, signal) => resolve(signal !== null || (_code ?? 0) > 1));
}));
console.log(small.query);
