import fs from 'node:fs';
import { parse, validate } from 'graphql';
import { createMarket } from './market/market-graph.ts';
import { generateOperation } from './generate/generate-operation.ts';
import { startContestants } from './run/start-contestants.ts';
import { apiSchemaOf, compose } from './run/start-oracles.ts';
import { compareAnswers } from './run/compare-answers.ts';
import { shrinkOperation } from './run/shrink-operation.ts';
const create = process.env.G === 'library' ? (await import('./library/library-graph.ts')).createLibrary : createMarket;
const graph = create();
const schema = apiSchemaOf(compose(graph.subgraphs.map((s) => ({ name: s.name, typeDefs: parse(s.sdl) }))));
const N = Number(process.argv[2] ?? 50), seed0 = Number(process.argv[3] ?? 1), show = Number(process.argv[4] ?? 5);
const who = process.argv[5] ?? 'ours';
let invalid = 0;
const ops = [];
const t0 = performance.now();
for (let i = 0; i < N; i++) {
  const op = generateOperation({ schema, samples: graph.samples }, seed0 + i);
  const errors = validate(schema, parse(op.query));
  if (errors.length) { invalid++; if (invalid < 4) console.log(op.query, errors.map((e) => e.message)); } else ops.push(op);
}
console.log('invalid', invalid, 'gen ms', performance.now() - t0);
const c = await startContestants(create, { QUERY_PLANNER: process.env.P ?? 'apollo' });
const tally: Record<string, number> = {};
let shown = 0;
const time = { ours: 0, monolith: 0, apollo: 0 };
const t = async (k: keyof typeof time, op: any) => { const a = performance.now(); try { return await c[k](op); } catch (e: any) { return { errors: [{ message: 'CRASH ' + e.message }] }; } finally { time[k] += performance.now() - a; } };
const diff = async (op: any) => {
  const o = await t('ours', op), m = await t('monolith', op), a = await t('apollo', op);
  if (/^mutation/.test(op.query)) c.reset();
  return { o, m, a, d: compareAnswers(o, m, { isOrderCompared: true }), da: compareAnswers(a, m, { isOrderCompared: false }) };
};
const save = (op: any) => fs.writeFileSync('/tmp/diff-last-op', op.query + JSON.stringify(op.variables));
const seen = new Set<string>();
for (const op of ops) {
  (await import("node:fs")).writeFileSync("/tmp/diff-last-seed", String(op.seed) + "\n" + op.query + JSON.stringify(op.variables));
  const { d, da } = await diff(op);
  const k = `ours ${d} apollo ${da}`;
  tally[k] = (tally[k] ?? 0) + 1;
  const mine = who === 'ours' ? d : da;
  if (mine && !(who === 'apollo' && mine === 'errors') && shown < show) {
    const small = await shrinkOperation(op, schema, async (s) => { const r = await diff(s); return (who === 'ours' ? r.d : r.da) === mine; });
    const r = await diff(small);
    const sig = small.query.replace(/\s+/g, ' ');
    if (seen.has(sig)) continue; seen.add(sig); shown++;
    console.log('#####', op.seed, mine, '|', sig, JSON.stringify(small.variables), '\n M', JSON.stringify(r.m).slice(0, 600), '\n O', JSON.stringify(r.o).slice(0, 600), '\n A', JSON.stringify(r.a).slice(0, 600));
    const l = c.logLines.at(-1); if (r.o.errors?.[0]?.extensions?.code === 'INTERNAL_SERVER_ERROR' && l) { const p = JSON.parse(l); console.log(' LOG', p.err?.stack?.slice(0, 400) ?? JSON.stringify(p).slice(0, 400)); }
  }
}
console.log(tally, time);
await c.stop();
