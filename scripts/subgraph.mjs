// `npm run subgraph -- NAME`: runs one subgraph's bundle in this process.
import { existsSync } from 'node:fs';

const names = ['users', 'doctors', 'appointments', 'clinical', 'pharmacy', 'notifications'];
const [name] = process.argv.splice(2, 1);
const main = new URL(`../dist/subgraphs/${name}/main.js`, import.meta.url);

if (!names.includes(name) || !existsSync(main)) {
  console.error(`usage: npm run subgraph -- NAME, where NAME is one of ${names.join(', ')}`);
  process.exit(1);
}
await import(main.href);
