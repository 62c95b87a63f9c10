import fs from 'node:fs';
import { QueryPlanner } from '@graphql-hive/router-query-planner';
const p = new QueryPlanner(fs.readFileSync('/tmp/market-super.graphql', 'utf8'));
try { await p.planAsync(process.argv[2]!, 'Generated', new Set(), 0, AbortSignal.timeout(5000)); console.log('ok'); } catch (e: any) { console.log('error', e.message); }
