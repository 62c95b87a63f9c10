import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generateFiles } from './scripts/generate-types.ts';
import { SUBGRAPH_NAMES } from './wire/names.ts';

const isCheck = process.argv.includes('--check');
const stale: string[] = [];
for (const { path, content } of await generateFiles(SUBGRAPH_NAMES, (file) => readFile(file, 'utf8'), existsSync)) {
  const current = existsSync(path) ? await readFile(path, 'utf8') : undefined;
  if (current === content) continue;
  if (isCheck) stale.push(path);
  else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
if (stale.length > 0) {
  console.error(`Not in sync with the schemas; run "npm run codegen":\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exit(1);
}
